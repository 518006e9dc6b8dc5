"""How dates and times are written: one way in each language, hours always by 24."""
