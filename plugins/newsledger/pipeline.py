"""One function for each task: collect, extract, validate, publish."""
