"""Facebook and Instagram."""
