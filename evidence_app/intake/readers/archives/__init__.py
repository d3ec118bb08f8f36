"""Files in files."""
