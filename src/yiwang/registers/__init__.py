"""The dictionary of data elements, the base registers, and the gate through which they are read.

Holds rows of registers and what was read of them, when, for what, on which law. Knows no case
beyond its id: rooms above say what a reading was for (`followers.py`) and take up late answers.
"""
