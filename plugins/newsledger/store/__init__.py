"""Object storage: objects, batches, the table of articles."""
