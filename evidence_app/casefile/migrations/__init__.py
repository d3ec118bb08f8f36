"""Alembic migrations; each stands for itself and imports nothing of today's schema."""
