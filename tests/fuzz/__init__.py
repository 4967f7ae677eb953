"""Broken and odd input, by the hundred thousand, for everything that reads bytes: `make fuzz COUNT=100000`."""
