"""The custody log: entries, seals of rows, signatures, and the checks of all of them."""
