"""Other matchers, each run in a process and an environment of its own; nothing here imports Greenlane (964(b))."""
