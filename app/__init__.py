"""Variorum: the same event as several outlets told it, side by side."""

__version__ = "0.1.0"
