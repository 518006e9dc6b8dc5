"""`python -m leanto` is the `leanto` command."""

from leanto.cli import main

raise SystemExit(main())
