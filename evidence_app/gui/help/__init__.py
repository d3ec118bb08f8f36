"""The help inside the program, and the first steps of a newcomer."""
