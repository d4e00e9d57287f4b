"""Acts and their proofs: who did what, about whom, in which case, on which basis.

Holds the acts of every room; knows nothing of cases or people beyond their ids.
"""
