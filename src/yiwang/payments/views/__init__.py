"""Pages of payments, cut by audience."""
