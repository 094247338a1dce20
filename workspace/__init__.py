"""What people keep: answers marked right, what was spent on a language model, and its replies; one SQLite file."""
