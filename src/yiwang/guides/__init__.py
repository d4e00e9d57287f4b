"""The public reading of the whole catalogue, for anyone who only looks.

Holds the guide of every item, whoever declares it, ways to browse, the lists of powers, duties and
services, and the clauses that stand in the way of doing things online. Does not hold what is read:
published items and guides are of `catalogue`, items to apply for and obstacles of `services`.
"""
