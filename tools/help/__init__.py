"""What can be asked, and what the words mean."""
