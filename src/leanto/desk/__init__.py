"""The desk knows people and never words."""
