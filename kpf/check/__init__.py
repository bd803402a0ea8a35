"""A register to judgements, verdicts and findings."""
