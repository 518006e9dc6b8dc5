"""Pages that belong to no one thing: home, what we hold, refusals."""
