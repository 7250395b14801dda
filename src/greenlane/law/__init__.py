"""The two laws as data and pure functions: facts and dates in, verdict and citations out."""
