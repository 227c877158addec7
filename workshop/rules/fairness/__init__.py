"""Whether everybody is heard: one question to a module."""
