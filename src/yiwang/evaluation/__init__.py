"""What handling matters really takes: before, as declared, and in fact.

Holds measures worked out from acts in the lake, and targets a city is held to. Holds no matter and
no person; nobody reports a figure by hand. Above services, whose plans tell what is declared.
"""
