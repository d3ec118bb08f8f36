"""Tables of calls, as carriers' bills."""
