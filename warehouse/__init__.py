"""The data and what it means: model, queries, compiler, guard, engines. Knows no question, chart or LLM."""
