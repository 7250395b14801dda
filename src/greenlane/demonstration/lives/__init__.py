"""What becomes of companies after certification, told as commands (6 USC 965-969)."""
