"""Applications: eligibility, history, supply chain, risk assessment, answers, signature and submission (6 USC 963)."""
