"""Android phones' databases and backups."""
