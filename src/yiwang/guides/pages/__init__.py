"""What the pages of this room show, worked out from a pack. Pure."""
