"""How the shipped model of the matching engine is learnt, from a fixed seed and the learning side alone (964(b))."""
