"""Serves every room and the pocket on one port, told apart by host name."""
