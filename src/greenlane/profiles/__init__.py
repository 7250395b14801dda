"""The security profile through the years: annual review, changed criteria (6 USC 963(3), 961(b))."""
