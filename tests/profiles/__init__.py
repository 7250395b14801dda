"""The yearly duties of a participant (6 USC 961(b), 963(3))."""
