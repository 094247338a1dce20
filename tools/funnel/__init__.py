"""The funnel: how many get from step to step, and where most are lost."""
