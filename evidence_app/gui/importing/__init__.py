"""Dropping files, following their import, answering its questions."""
