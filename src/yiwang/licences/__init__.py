"""Licences: certificates and entitlements the city has issued, and the wallet that shows them.

A licence proves the elements it states of its holder. Knows no case beyond its id.
"""
