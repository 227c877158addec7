"""Where things are kept: one write door, the tables and their migrations."""
