"""nginx in front of several processes: its configuration, and the folder that it works in."""

from __future__ import annotations

import re
import resource
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from workshop import assets
from workshop.settings import Settings

CONNECTIONS: Final = 32_768
"""What one nginx worker may hold open: 10,000 phones take 20,000, and pages come beside them."""

SPARE: Final = 64
"""Files that nginx needs for itself."""

SPREADS: Final = {"room": "by_room", "person": "by_person"}
"""What keeps to one process, and the name of the key in the configuration."""


def program() -> str | None:
    """Where nginx is; also where an ordinary user's path does not lead."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def command(folder: Path) -> list[str]:
    """How nginx is run on the configuration in `folder`, in the foreground."""
    return [
        program() or "nginx",
        "-e",
        "stderr",
        "-p",
        str(folder),
        "-c",
        str(folder / "nginx.conf"),
    ]


def configuration(
    settings: Settings, ports: Sequence[int], folder: Path, *, spread: str = "room"
) -> str:
    """The text of nginx.conf.

    Args:
        settings: of the whole: the address to listen on, and how many proxies stand further out.
        ports: of the processes, all on this machine.
        folder: where nginx may write.
        spread: what keeps to one process: "room" or "person".
    """
    files = _files()
    servers = [f"        server 127.0.0.1:{port} max_fails=0;" for port in ports]
    values = {
        "folder": str(folder),
        "files": str(files),
        "connections": str(min(CONNECTIONS, files - SPARE)),
        "by": SPREADS[spread],
        "servers": "\n".join(servers),
        "listen": _listen(settings),
        "deploy": str(assets.deploy_dir()),
        "static": str(assets.static_dir() / "dist"),
        **_forwarded(settings.trusted_proxies),
    }
    text = (assets.deploy_dir() / "nginx.conf").read_text(encoding="utf-8")
    return re.sub(r"@([a-z_]+)@", lambda found: values[found[1]], text)


def _listen(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{host}:{settings.port}"


def _forwarded(proxies: int) -> dict[str, str]:
    """What is said of the visitor: our own word, behind the words of the proxies we trust.

    Without such proxies whatever a visitor says of themselves is thrown away.
    """
    if not proxies:
        return {
            "forwarded_for": "$remote_addr",
            "forwarded_proto": "$scheme",
            "forwarded_host": "$http_host",
        }
    return {
        "forwarded_for": "$proxy_add_x_forwarded_for",
        "forwarded_proto": '"$http_x_forwarded_proto, $scheme"',
        "forwarded_host": '"$http_x_forwarded_host, $http_host"',
    }


def _files() -> int:
    """How many files a process may open. We and whatever we start use all that is allowed."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * CONNECTIONS if most == resource.RLIM_INFINITY else min(most, 2 * CONNECTIONS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    return wanted
