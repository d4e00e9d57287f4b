"""The demo city: invented people in the registers, and a week of matters made by the real actions.

Reads `<pack>/demo/*.yaml` (people, names, week). Knows the registers by their columns and the items
by their questions, never a city by its name.
"""
