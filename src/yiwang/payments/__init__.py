"""Payments: what people owe for a matter, how they pay it, receipts and refunds.

A bill is paid exactly once, whatever is pressed or notified twice; money that came for nothing goes
back. Knows no service: what a case costs, and why, is said by the rooms above.
"""
