"""How patient the page's own script is, read from it, so that our devices are no kinder."""

from __future__ import annotations

import re
from typing import Final

from tests.served import ROOT

_SCRIPT: Final = (ROOT / "static/src/js/live/socket.js").read_text()


def _says(name: str) -> float:
    found = re.search(rf"\b{name}(?::| =) ([\d._]+)", _SCRIPT)
    assert found, f"the page's script no longer says {name}"
    return float(found[1].replace("_", ""))


FIRST_WAIT: Final = _says("reconnectionDelay") / 1000
LONGEST_WAIT: Final = _says("reconnectionDelayMax") / 1000
CHANCE: Final = _says("randomizationFactor")
ANSWER_WITHIN: Final = _says("ANSWER_WITHIN") / 1000


def wait(tries: int, drawn: float) -> float:
    """Seconds before the next attempt to connect, after `tries` that failed; `drawn` is 0 to 1.

    As socket.io-client does it: doubled each time, a share of chance on it, and then bounded.
    """
    plain = FIRST_WAIT * float(2 ** min(tries, 10))
    return min(LONGEST_WAIT, plain * (1 + CHANCE * (2 * drawn - 1)))
