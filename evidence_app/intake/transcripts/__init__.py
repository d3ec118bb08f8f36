"""Transcripts that other programs wrote, in the two forms that they write."""
