"""What deciding cargo entries costs, against other engines that give the same answers: 6 USC 964-966."""
