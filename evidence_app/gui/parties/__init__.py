"""The page of people, and what belongs to it."""
