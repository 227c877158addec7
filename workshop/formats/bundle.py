"""Several JSON files as one to download."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

SAME_DAY = (1980, 1, 1, 0, 0, 0)
"""The oldest date a zip knows: the same content is the same file, whenever it is fetched."""


def bundle(files: Mapping[str, Any]) -> bytes:
    """A zip with a JSON file for each name."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            written = json.dumps(content, ensure_ascii=False, indent=1)
            entry = ZipInfo(name, SAME_DAY)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, written)
    return made.getvalue()
