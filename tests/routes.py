"""How addresses are built, worked out once for a run of the tests, not for every product in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flask import Flask
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]

_built: Final[dict[tuple[Any, ...], Builder]] = {}


class KeptRule(Rule):
    """A route that takes over what one with the same parts has worked out before it."""

    def _compile_builder(self, append_unknown: bool = True) -> Builder:  # noqa: FBT001, FBT002 - as the library has it
        # What is made hangs on the parts and the defaults alone: it asks its rule for the rest.
        key = (*self._trace, *sorted((self.defaults or {}).items()), append_unknown)
        if key not in _built:
            _built[key] = super()._compile_builder(append_unknown)
        return _built[key]


def keep() -> None:
    """Let every product of this process share them: it is most of what building one costs."""
    Flask.url_rule_class = KeptRule
