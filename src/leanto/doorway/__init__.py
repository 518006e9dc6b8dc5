"""How a nameless room is knocked at and answers: what mailroom and notifier have in common."""
