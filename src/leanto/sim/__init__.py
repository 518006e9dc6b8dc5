"""A town to rehearse in: simulated officers and peers."""
