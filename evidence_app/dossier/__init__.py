"""The dossier: one PDF that a complaint body or a court can read and check without the program."""
