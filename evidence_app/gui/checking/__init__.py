"""Windows that show whether a case or a package is intact."""
