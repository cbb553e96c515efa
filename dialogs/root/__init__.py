"""The root: one turn in, one reply out. The routes of all topics meet here, and nowhere else."""
