"""Benchmarks: real sizes, side by side with the floor in the same run. See `python -m bench --help`."""
