"""Starts, watches and stops what a city needs on one machine.

`postgres.py` is a database of our own from a wheel, for trying out and for tests; `processes.py`
is `yiwang up`. What cannot start says why in one sentence (`trouble.py`).
"""
