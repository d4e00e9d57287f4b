"""Settings, addresses, home pages and the command line: where the rooms are put together.

Holds no matter of the city. `supervisor/` starts and stops what a city needs on one machine.
"""
