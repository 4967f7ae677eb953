"""Places: names found, told apart from other things, and resolved to one place or none."""
