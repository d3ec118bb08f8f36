"""Pictures, recordings, videos."""
