"""Pages of logging in, activation, admin accounts and the audit."""
