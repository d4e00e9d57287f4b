"""The `yiwang` command's words, one module each.

A module offers `add(subparsers)`: it makes its parser and sets `run`, a function of the parsed
arguments that gives the exit code (None is 0). It is found by standing in this folder.
Set `needs_database=True` as a default too where `run` uses the database: when `DATABASE_URL` is
not set, our own PostgreSQL is started for the length of the command unless it runs already.
"""
