"""Quotations, direct and reported, with their speakers."""
