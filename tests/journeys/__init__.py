"""People's stories, through real HTTP and a real browser. Each file is one story."""
