"""What a search looks in, one module for each sort of place."""
