"""Records to accepted and rejected, with reasons."""
