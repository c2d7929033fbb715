"""A whole house on one machine, no server installed: for `make demo`, the tests and the benchmarks."""
