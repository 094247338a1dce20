"""Forecasts of many series at once, their errors on held-out data and their intervals."""
