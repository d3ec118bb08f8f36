"""Reads and writes the rows of the case file, one module for each kind."""
