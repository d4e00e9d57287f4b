"""Every write of this room, one file per verb. Jobs and views import them from their files."""
