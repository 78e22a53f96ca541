"""regdesk: see regularization act on your own data."""

__version__ = "0.1.0"
