"""Gets whole originals and rows out of a damaged case file."""
