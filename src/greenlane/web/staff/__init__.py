"""The pages of the programme's own offices: work queue, cases, screening, management, audit (971(a)-(c))."""
