"""The ways out, one file each: a push service, a mail server, a gateway."""
