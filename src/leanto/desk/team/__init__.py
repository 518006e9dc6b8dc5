"""A whole team at once: bringing in a list that exists already, and enrolling one after another."""
