"""A browser without a window, told over its own protocol what to open and asked what it made of it."""

import json
import subprocess
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from websockets.sync.client import ClientConnection, connect

from tests.processes import running

SECONDS: Final = 60
"""How long an answer may take on a machine that is busy."""

FLAGS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
)


@contextmanager
def started(program: str, profile: Path) -> Iterator["Browser"]:
    """A browser that is there for the length of a `with` statement."""
    command = [program, *FLAGS, f"--user-data-dir={profile}", "about:blank"]
    with (
        running(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL),
        _connected(*_address(profile / "DevToolsActivePort")) as socket,
    ):
        yield Browser(socket)


def _connected(port: str, path: str) -> ClientConnection:
    return connect(f"ws://127.0.0.1:{port}{path}", max_size=None, proxy=None)


class Browser:
    """One tab of it."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._asked = 0
        self._tab: str | None = None
        self.events: list[dict[str, Any]] = []
        """All that the browser told since the page was opened."""
        tab = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._tab = self.ask("Target.attachToTarget", targetId=tab, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.ask(f"{domain}.enable")

    def open(self, address: str, width: int = 1280) -> None:
        """Show what is at an address in a window so wide, and wait until all of it is there."""
        self.events.clear()
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.ask("Page.navigate", url=address)
        while not self.events_of("Page.loadEventFired"):
            self._take()

    def events_of(self, method: str) -> list[dict[str, Any]]:
        """What the browser told under one name."""
        return [event["params"] for event in self.events if event["method"] == method]

    def evaluate(self, script: str) -> Any:
        """What a script gives in the page; it is not held to the page's own policy."""
        done = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key, and let it go."""
        for kind in ("rawKeyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=9)

    def printed(self) -> bytes:
        """The page as a PDF, on the paper that the page asks for."""
        return b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])

    def ask(self, method: str, **parameters: Any) -> Any:
        """Send a request, and wait for its answer."""
        self._asked += 1
        message = {"id": self._asked, "method": method, "params": parameters}
        self._socket.send(json.dumps(message | ({"sessionId": self._tab} if self._tab else {})))
        while (answer := self._take()).get("id") != self._asked:
            pass
        assert "error" not in answer, answer
        return answer["result"]

    def _take(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self._socket.recv(SECONDS))
        if "method" in message:
            self.events.append(message)
        return message


def _address(file: Path) -> tuple[str, str]:
    """Where the browser listens, which it writes down once it does."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if file.exists() and file.read_text("utf-8").count("\n") == 1:
            port, path = file.read_text("utf-8").split("\n")
            return port, path
        time.sleep(0.05)
    raise AssertionError("The browser did not start.")
