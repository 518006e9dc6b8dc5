"""Peers: who they are, where they serve, and their standing on any day."""
