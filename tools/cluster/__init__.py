"""Customers grouped by how they shop."""
