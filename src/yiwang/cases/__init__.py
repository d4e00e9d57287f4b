"""Every matter is one kind of case: facts, tasks with needs, clocks and an owner; the desk.

Knows no service and no appeal: what a kind of case adds is a `Procedure`, filled in from above.
"""
