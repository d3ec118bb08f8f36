"""What a person can do to a case: one small function for each intent, no window, no SQL."""
