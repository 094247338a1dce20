"""Metrics by dimensions and over time: what is computed, said and drawn."""
