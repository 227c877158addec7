"""Every setting of the product: read from the environment, checked at start, documented by itself.

The fields of `Settings` are the one table. `load` reads it, docs/settings.md is printed from it
(`python -m workshop.settings`), and a variable that is not in it is refused with a suggestion.
"""

from workshop.settings.loading import SettingsError, load
from workshop.settings.table import Settings, variable

__all__ = ["Settings", "SettingsError", "load", "variable"]
