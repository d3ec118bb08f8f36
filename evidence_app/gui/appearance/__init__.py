"""How the program looks and speaks: theme, icons, languages, common texts."""
