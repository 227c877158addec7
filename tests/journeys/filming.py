"""Films a journey where LONGTABLE_TEST_RECORD names a folder; anywhere else it does nothing.

Playwright's own videos need an ffmpeg of its own making, which most machines lack. So the frames
come from the browser's screencast, and the same browser puts them together to a WebM film. Beside
each film lies a trace: every step with its page, for `playwright show-trace`.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, CDPSession, Page

VARIABLE: Final = "LONGTABLE_TEST_RECORD"
LEAST_APART: Final = 1 / 15
"""Seconds between two frames that are kept."""

TOGETHER: Final = """async ({ frames, size }) => {
  const canvas = Object.assign(document.createElement("canvas"), size);
  const pen = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(15), { mimeType: "video/webm" });
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const stopped = new Promise((done) => { recorder.onstop = done; });
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  recorder.start();
  const began = performance.now();
  for (const { at, data } of frames) {
    const image = new Image();
    image.src = `data:image/jpeg;base64,${data}`;
    await image.decode();
    await pause(Math.max(0, at * 1000 - (performance.now() - began)));
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  }
  await pause(1000);
  recorder.stop();
  await stopped;
  const reader = new FileReader();
  const read = new Promise((done) => { reader.onload = done; });
  reader.readAsDataURL(new Blob(parts));
  await read;
  return reader.result.split(",")[1];
}"""


@dataclass
class Camera:
    """What one page showed: frames as base64 of JPEG, each with its time in seconds."""

    name: str
    page: Page
    frames: list[dict[str, Any]] = field(default_factory=list)

    def starts(self) -> None:
        """Keep the page's frames and its trace from now on."""
        self.page.context.tracing.start(title=self.name, screenshots=True, snapshots=True)
        self._line: CDPSession = self.page.context.new_cdp_session(self.page)
        self._line.on("Page.screencastFrame", self._keep)
        self._line.send("Page.startScreencast", {"format": "jpeg", "quality": 70})

    def _keep(self, frame: dict[str, Any]) -> None:
        at = float(frame["metadata"]["timestamp"])
        if not self.frames or at - self.frames[-1]["at"] >= LEAST_APART:
            self.frames.append({"at": at, "data": frame["data"]})
        self._line.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

    def stops(self, folder: Path) -> None:
        """Take a last frame and write the trace."""
        self._line.send("Page.stopScreencast")
        last = base64.b64encode(self.page.screenshot(type="jpeg", quality=70)).decode()
        at = self.frames[-1]["at"] + 1 if self.frames else 0.0
        self.frames.append({"at": at, "data": last})
        self.page.context.tracing.stop(path=folder / f"{self.name}.trace.zip")

    def film(self, browser: Browser, began: float) -> bytes:
        """The frames as a WebM film whose time 0 is `began`; this takes as long as the journey."""
        frames = [{**frame, "at": frame["at"] - began} for frame in self.frames]
        editor = browser.new_page()
        try:
            return base64.b64decode(
                editor.evaluate(TOGETHER, {"frames": frames, "size": self.page.viewport_size})
            )
        finally:
            editor.close()


@dataclass
class Film:
    """The cameras of one journey; with no folder nothing is filmed."""

    folder: Path | None
    cameras: list[Camera] = field(default_factory=list)

    def watch(self, page: Page, name: str) -> Page:
        """Film this page from now on, if there is a folder to keep the film in."""
        if self.folder:
            camera = Camera(name, page)
            camera.starts()
            self.cameras.append(camera)
        return page

    def ends(self, browser: Browser) -> None:
        """Write every film: `NAME.webm`, `NAME.trace.zip` and its last picture, `NAME.jpg`."""
        if not self.folder or not self.cameras:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        for camera in self.cameras:
            camera.stops(self.folder)
        began = min(camera.frames[0]["at"] for camera in self.cameras)
        for camera in self.cameras:
            last = base64.b64decode(camera.frames[-1]["data"])
            (self.folder / f"{camera.name}.jpg").write_bytes(last)
            (self.folder / f"{camera.name}.webm").write_bytes(camera.film(browser, began))


@contextmanager
def filmed(browser: Browser, journey: str) -> Iterator[Film]:
    """A film of `journey`, in a folder of its own; written even where the journey fails."""
    folder = os.environ.get(VARIABLE)
    film = Film(Path(folder) / journey if folder else None)
    try:
        yield film
    finally:
        film.ends(browser)
