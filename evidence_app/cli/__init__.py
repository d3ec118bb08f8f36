"""The same services without a window, for scripts, clinics and tests."""
