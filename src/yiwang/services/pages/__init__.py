"""What pages show of services, as plain values: views fill them, templates draw them."""
