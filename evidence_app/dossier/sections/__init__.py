"""The parts of the dossier, one module each, in the order of reading."""
