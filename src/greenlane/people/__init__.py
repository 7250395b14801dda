"""People: accounts, the offices they hold, assignments and delegation (6 USC 971(c))."""
