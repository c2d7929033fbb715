"""Reading: lists in scope, people, and where a meeting stands."""
