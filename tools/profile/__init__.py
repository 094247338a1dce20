"""What a group of customers is like against all others."""
