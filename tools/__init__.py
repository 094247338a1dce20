"""What the agent can do: one capability a file, none importing another."""
