"""PDF and plain text."""
