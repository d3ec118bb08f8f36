"""Evidence App: organizes evidence of debt-collection harassment."""

__version__ = "0.1.0"
