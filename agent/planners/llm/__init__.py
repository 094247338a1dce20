"""The LLM planner: a language model names the next call; its words are checked like anyone's."""
