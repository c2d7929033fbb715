"""Every write of consequence on members, by subject."""
