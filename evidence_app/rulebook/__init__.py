"""The law as data: violation types."""
