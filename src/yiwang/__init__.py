"""Yiwang (一网): the software of a digital city government.

Rooms stand on floors; a room imports only rooms on lower floors. `docs/decisions` says why.
"""
