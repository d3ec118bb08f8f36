"""Work beside the window: the database worker, threads, garbage."""
