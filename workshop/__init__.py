"""Longtable: live workshops in which citizens, staff and partners redesign a public service."""

__version__ = "0.1.0"
