"""People and organisations: candidates by capitals, weighed by evidence, led back to who they are."""
