"""The case file: the only place that knows SQLAlchemy, SQLite and SQLCipher."""
