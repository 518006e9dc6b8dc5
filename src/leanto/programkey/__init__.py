"""The program key, made and used off-line; it signs for the program and opens nothing."""
