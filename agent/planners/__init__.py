"""Planners: each names the next move, and none knows another."""
