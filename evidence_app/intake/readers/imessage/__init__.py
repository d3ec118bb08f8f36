"""iMessage as text."""
