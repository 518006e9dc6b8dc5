"""What staff did at the desk. Never what anyone else did."""
