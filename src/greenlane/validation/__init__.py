"""Validation: visits, findings, required actions, reports, Tier 2 and Tier 3 (6 USC 965, 966)."""
