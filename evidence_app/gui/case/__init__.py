"""A case as a file: making, opening, locking, copies, passwords."""
