"""Build hook: makes static/dist before a wheel, an sdist or an editable install is made."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface[Any]):
    """Asks workshop/assets.py to build, without importing the package around it."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Name Node's wheel (61 MB) only where the machine has none and something is to build."""
        assets = self._assets()
        at_hand = assets.fresh(Path(self.root)) or assets.system_node()
        return [] if at_hand else [assets.NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling passes both by name
        """Build; an sdist carries static/dist, so there it is fresh and nothing happens."""
        self._assets().build(Path(self.root))

    def _assets(self) -> ModuleType:
        path = Path(self.root) / "workshop/assets.py"
        spec = importlib.util.spec_from_file_location("_assets", path)
        if spec is None or spec.loader is None:
            raise RuntimeError(f"cannot load {path}")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
