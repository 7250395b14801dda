"""Greenlane runs a customs trusted-trader programme end to end: 6 U.S.C. 961-973 and 19 U.S.C. 4311."""

__version__ = "0.1.0"
