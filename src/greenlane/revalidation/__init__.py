"""Revalidation on the grid of periods, chosen by published criteria (6 USC 969(1)-(2))."""
