"""Appeals of denials, suspensions and expulsions, and the published list (6 USC 967(b)-(c))."""
