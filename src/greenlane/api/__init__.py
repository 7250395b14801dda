"""The JSON interface under /api/v1: a door without rules and without writes of its own."""
