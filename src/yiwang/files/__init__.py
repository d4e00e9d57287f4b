"""Documents people and authorities hand in: checked, encrypted under their case's key, kept.

Knows a document's root case by id only; who may read it is decided by the rooms above.
"""
