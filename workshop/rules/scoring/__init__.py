"""Reward, risk and doubt of a backlog item, kept apart: one file answers one question."""
