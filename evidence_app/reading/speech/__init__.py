"""What is said in recordings, as far as a speech model tells; nothing of it is downloaded."""
