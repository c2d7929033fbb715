"""Pages of members: list, record, import, posts, phone numbers to give back."""
