"""One thing done once: items merged into one form, decided side by side, each by its own office.

`item` reads one service, `plan` merges several, `order` says what waits for what, `matter` is one
root case in memory, `asking` says what to ask next; `actions` write.
"""
