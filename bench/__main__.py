"""`make bench`: every measurement, one after the other."""

from bench import dispatch, letters, pocket, requests

letters.main()
pocket.main()
requests.main()
dispatch.main()
