"""Takes files in: from what was dropped to rows of the case."""
