"""What officers are told before they speak, and the lines that answer when nobody else does."""
