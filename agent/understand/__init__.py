"""Words to meaning, without an LLM."""
