"""Who is there now and ahead, what is thin, and who is told of it: from the rota alone."""
