"""A question into moves, results into an answer."""
