"""Records to stories, duplicates and claims."""
