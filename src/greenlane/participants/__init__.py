"""Participants: company groups, one account for each business type, and what they are made of (6 USC 962, 963(2))."""
