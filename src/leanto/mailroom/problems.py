"""Refusing: what the mailroom raises when it says no."""


class Refused(Exception):
    """The mailroom says no. `problem` is the name in spec/problems.md; nothing was done."""

    problem: str
