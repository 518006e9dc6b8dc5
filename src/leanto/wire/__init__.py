"""What we say: frozen types and their bytes, one file per page of spec/."""
