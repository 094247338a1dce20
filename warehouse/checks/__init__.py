"""The checks of a semantic model's file, a kind a file."""
