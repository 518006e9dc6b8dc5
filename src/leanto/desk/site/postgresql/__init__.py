"""Django's PostgreSQL, with the one thing that the desk is used to: one transaction at a time."""
