"""What is timed, on which data. Figures belong to the machine that made them; tests assert none of them."""
