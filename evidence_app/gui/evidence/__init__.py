"""The page of evidence items."""
