"""Shows one original: pictures, pages, sound, text, tables."""
