"""From pictures to text, and from text to proposed events; it knows nothing of the case file."""
