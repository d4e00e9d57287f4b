"""The catalogue: service items as authorities publish them, and the guide to each.

Holds items of exports (`catalogue-item`), the authorities they name, how foreign fields are mapped,
what is odd in an export, and how good a guide is. A `Guide` is the standard elements of any item,
whoever declares it: the room above fills in the guides of the items that can be applied for here.
Does not hold what an item needs to be worked on: forms, rules, decisions (see `services`).
"""
