"""The only folder that opens the mailroom's database."""
