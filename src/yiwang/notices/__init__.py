"""Messages to people: an inbox, e-mail and SMS behind one interface, and one-time codes.

Knows whom a message is for by id only; the room above says how to reach them.
"""
