"""How well and how fast names are screened, against other matchers on the same names: 6 USC 964(b)."""
