"""The facilitator's pages: the plan before, the control room during, the results after."""

from __future__ import annotations

from workshop.web import control, plan, results

__all__ = ["pages", "plan", "results"]

pages = control.pages
"""One blueprint: each of the three modules hangs its own routes on it."""
