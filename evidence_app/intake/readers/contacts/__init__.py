"""Address cards."""
