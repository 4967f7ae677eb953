"""How fast the stack is, beside a floor measured in the same run: `make bench`."""
