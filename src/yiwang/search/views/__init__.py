"""Pages and interface of the search."""
