"""Figures of this program, each measured beside its limit or a peer in one run: `make bench`."""
