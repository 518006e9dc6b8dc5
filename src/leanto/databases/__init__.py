"""How a room's database file goes from one version of Leanto to the next, and never back."""
