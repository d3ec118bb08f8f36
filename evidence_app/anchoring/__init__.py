"""Trusted time: timestamps by independent authorities (RFC 3161)."""
