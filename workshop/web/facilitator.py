"""The facilitator's pages: the plan before, the control room during, the results after."""

from __future__ import annotations

from workshop.web import control, everybody, plan, results

__all__ = ["everybody", "pages", "plan", "results"]

pages = control.pages
"""One blueprint: each of the modules hangs its own routes on it."""
