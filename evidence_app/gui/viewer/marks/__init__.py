"""Marks in the viewer: drawn with mouse and keyboard on pictures, pages and recordings."""
