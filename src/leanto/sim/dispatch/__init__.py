"""A town in numbers: requests, peers and rings by the thousand, no server and no person.

It asks which way of ringing brings an answer soonest while waking the fewest for nothing.
The rehearsal town, in which people click, is `sim/town.py`. Read `docs/dispatch.md` for results.
"""
