"""Exports of Signal's backups."""
