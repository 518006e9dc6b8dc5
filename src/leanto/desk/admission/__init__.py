"""Cards and blind issuance: who is one of us, and never who."""
