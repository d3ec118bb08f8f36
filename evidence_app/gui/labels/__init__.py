"""Tags and violation types: choosing them, and their chips."""
