"""Numbers in words and digits, and units: shared by figures and dates."""
