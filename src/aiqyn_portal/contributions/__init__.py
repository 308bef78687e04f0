"""What people say to the state, and what becomes of it: one record, one life, one ledger."""
