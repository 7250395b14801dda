"""Consequences for lack of compliance: denial, suspension, expulsion, reinstatement (6 USC 967(a)-(b))."""
