"""Databases and backups of iPhones."""
