"""Refusing: what a nameless room raises when it says no."""


class Refused(Exception):
    """The room says no. `problem` is the name in spec/problems.md; nothing was done."""

    problem: str
