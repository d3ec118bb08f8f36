"""The reading process and what the program speaks with it."""
