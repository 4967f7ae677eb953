"""What newsledger needs of an object store, as tests that run against any: `make test-store ENDPOINT=...`."""
