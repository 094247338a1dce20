"""Engines: what runs safe SQL and gives back rows."""
