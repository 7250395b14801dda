"""Three invented companies through the whole job, each through a door of its own."""
