"""Pages of the back office: scoped object, form, one action, redirect or fragment."""
