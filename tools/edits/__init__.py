"""What can stand in the place of one piece of a plan: shared by the tools whose plans are changed piece by piece."""
