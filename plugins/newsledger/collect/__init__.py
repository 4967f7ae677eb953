"""Bytes in: the watched folder, feeds, pages, archives."""
