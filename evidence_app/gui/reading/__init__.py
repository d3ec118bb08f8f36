"""Pictures read in the background, and what was read beside each of them."""
