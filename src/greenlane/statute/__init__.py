"""From clause to what runs: traceability of both laws, and the situations that a lawyer can read and extend."""
