"""One module a format, each with one function from a stream to records."""
