"""The text of a QR code that lets a phone into a Wi-Fi network."""

from __future__ import annotations

from typing import Final

SPECIAL: Final = '\\;,":'
"""Signs that mean something in the text itself, and so come with a stroke before them."""


def wifi(network: str, password: str, *, hidden: bool = False) -> str:
    """What a phone's camera reads as "join this network"; empty where there is no network.

    The form is the one that ZXing made and every phone follows:
    WIFI:T:WPA;S:name;P:password;H:true;; ("nopass" where there is no password).
    """
    if not network:
        return ""
    secured = "WPA" if password else "nopass"
    parts = [f"T:{secured}", f"S:{_plain(network)}"]
    if password:
        parts.append(f"P:{_plain(password)}")
    if hidden:
        parts.append("H:true")
    return f"WIFI:{';'.join(parts)};;"


def _plain(text: str) -> str:
    return "".join(f"\\{sign}" if sign in SPECIAL else sign for sign in text)
