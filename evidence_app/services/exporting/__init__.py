"""What an export needs: the content of a dossier, a package and tables."""
