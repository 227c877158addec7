"""Page templates that are compiled once for a run of the tests, not once for each product in it."""

from __future__ import annotations

import tempfile
from typing import Final

from flask import Flask
from jinja2 import FileSystemBytecodeCache

_kept: Final = tempfile.TemporaryDirectory(prefix="longtable-templates-")

FOLDER: Final = _kept.name
"""For servers in processes of their own, as `LONGTABLE_TEMPLATE_CACHE`."""


def keep() -> None:
    """Let every product of this process share them: compiling is most of what a page test does."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": FileSystemBytecodeCache(FOLDER)}
