"""What the program talks about: plain values, no files, no window, no database."""
