"""What pages, API and features read."""
