"""Writes spec/vectors again: `python -m tests.vectors.make`."""

from tests.vectors.make.files import write_all

if __name__ == "__main__":
    write_all()
