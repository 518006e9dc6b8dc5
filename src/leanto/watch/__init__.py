"""Looks every minute whether the program works, and tells its operator when it does not."""
