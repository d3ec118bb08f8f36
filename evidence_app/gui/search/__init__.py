"""One search over the whole case."""
