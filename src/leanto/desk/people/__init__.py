"""Staff: who may sign in at the desk."""
