"""Retention: who of a cohort comes back, and how long after."""
