"""How far an address reaches: this computer alone, one network, or everybody."""

from __future__ import annotations

import ipaddress


def reach(address: str) -> str:
    """From where a phone can open `address`: "machine", "network" or "world".

    A name without a dot and one that ends in `.local` are known in one network only.
    """
    host = _host(address)
    if host == "localhost" or host.endswith(".localhost") or not host:
        return "machine"
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return "network" if "." not in host or host.endswith(".local") else "world"
    if number.is_loopback or number.is_unspecified:
        return "machine"
    return "network" if number.is_private or number.is_link_local else "world"


def _host(address: str) -> str:
    """The host of an address such as `https://name:5000/page` or `http://[fd00::2]:5000`."""
    place = address.partition("//")[2].partition("/")[0].lower()
    if place.startswith("["):
        return place[1:].partition("]")[0]
    return place.partition(":")[0].rstrip(".")
