"""A stand-in for the pocket: for the practice peer, tests and load, never for a person."""
