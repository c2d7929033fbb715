"""From generated organisations and people to rows."""
