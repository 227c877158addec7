"""Whether everybody is heard: one question to a module. Every number here is METHODS 2 to 5."""
