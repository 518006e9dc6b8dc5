"""`make bench`: every measurement, one after the other."""

from bench import letters, pocket

letters.main()
pocket.main()
