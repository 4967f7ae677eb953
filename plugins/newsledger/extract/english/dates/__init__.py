"""Expressions of time, resolved against the day of publishing; and that day, where the text lets it be worked out."""
