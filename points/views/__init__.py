"""Pages: ranking, rules, an organisation's formula and what is behind it, the ledger."""
