"""The pure engine: one graph of whole-number steps, compiled to every target; it imports no framework."""
