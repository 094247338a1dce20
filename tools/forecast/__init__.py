"""Metrics ahead of the as-of day, with intervals and the error on held-out data."""
