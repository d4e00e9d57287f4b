"""What people and departments ask about registers: why was I looked up, this is wrong, may we read.

Holds a person's questions about readings of their data, with clock and answer, and departments'
requests for access. The rows of registers and the grants in force lie in the room below.
"""
