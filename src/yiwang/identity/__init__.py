"""Persons, organisations, staff, accounts, mandates; who may do what; the city's divisions.

Holds no case and no register row. The registers are asked who a person is; this room only knows
that it is the same person.
"""
