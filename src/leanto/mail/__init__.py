"""Electronic mail: which server a program speaks to, and how one letter is handed over."""
