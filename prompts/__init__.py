"""The words for a language model, as text files."""
