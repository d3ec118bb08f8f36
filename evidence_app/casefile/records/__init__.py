"""Rows of the case file, one module for each kind: what is read, and what a change writes."""
