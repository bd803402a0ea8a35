"""Judgements, verdicts and findings on a register."""
