"""What people type, turned into what actions take."""
