"""Bytes to records: pure functions, no network, no clock."""
