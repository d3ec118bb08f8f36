"""Dialogs that write dossiers, packages and tables."""
