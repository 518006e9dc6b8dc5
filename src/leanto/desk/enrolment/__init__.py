"""How a peer's keys, made on the peer's own device, come to be vouched for."""
