"""Numbers with what they measure or count."""
