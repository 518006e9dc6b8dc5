"""What stands on the other side of the notifier, speaking the real protocols."""
