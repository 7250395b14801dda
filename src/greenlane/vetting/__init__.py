"""The background investigation of applicants and participants (6 USC 964(b))."""
