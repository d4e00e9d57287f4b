"""Packs: a city as files. Kinds, loading, checking, comparing, storing.

The owning room of a kind declares it in its `declarations.py` and adds it to `KINDS`. This room
knows no kind by name. It stands above the ledger because making a pack live is an act.
"""
