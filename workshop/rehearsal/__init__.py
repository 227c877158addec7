"""A client of the live room: simulated people who come in by the same doors as everybody else."""
