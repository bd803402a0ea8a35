"""An editor's side of a language server: JSON-RPC over the standard streams, as VS Code speaks it."""

import json
import subprocess
import threading
from contextlib import ExitStack
from pathlib import Path
from queue import Empty, Queue
from typing import Any, Final, Self

from tests.processes import running

SECONDS: Final = 60
"""How long an answer may take on a machine that is busy."""


class Server:
    """A language server that is asked about files; ends with the `with` statement it stands in."""

    def __init__(self, command: list[str], folder: Path, settings: dict[str, Any]) -> None:
        self.folder = folder
        self.new_file = folder
        """The one that was typed last."""
        self._typed = 0
        self._to_the_end = ExitStack()
        streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process = self._to_the_end.enter_context(running(command, cwd=folder, **streams))
        self._settings = settings
        self._messages: Queue[dict[str, Any]] = Queue()
        threading.Thread(target=self._receive, daemon=True).start()
        self._asked = 0
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        capabilities = {
            "workspace": {"configuration": True},
            "textDocument": {"publishDiagnostics": {}, "hover": {"contentFormat": ["markdown", "plaintext"]}},
        }
        root = {"uri": folder.as_uri(), "name": folder.name}
        self.ask(
            "initialize",
            {"processId": None, "rootUri": folder.as_uri(), "workspaceFolders": [root], "capabilities": capabilities},
        )
        self._tell("initialized", {})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._to_the_end.close()

    def opened(self, file: Path, text: str | None = None) -> list[dict[str, Any]]:
        """Open `file` for the first time, with `text` as if it was typed; what the editor marks in it."""
        uri = file.as_uri()
        assert uri not in self._diagnostics
        content = file.read_text("utf-8") if text is None else text
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": content}
        self._tell("textDocument/didOpen", {"textDocument": document})
        while uri not in self._diagnostics:
            self._handle(self._next())
        return self._diagnostics[uri]

    def typed(self, text: str) -> list[dict[str, Any]]:
        """What the editor marks in a new partnership with this text, which nobody has saved."""
        self._typed += 1
        self.new_file = self.folder / "partnerships" / f"new-{self._typed}.yaml"
        return self.opened(self.new_file, text)

    def hover(self, file: Path, line: int, column: int) -> str:
        """The help that is shown where the pointer rests; lines and columns count from 1."""
        shown = self.ask("textDocument/hover", _at(file, line, column))
        return str(shown["contents"]["value"]) if shown else ""

    def completions(self, file: Path, line: int, column: int) -> list[str]:
        """What is offered there, in the order of the list."""
        shown = self.ask("textDocument/completion", _at(file, line, column))
        items = shown["items"] if isinstance(shown, dict) else shown
        return [str(item["label"]) for item in items]

    def ask(self, method: str, parameters: dict[str, Any]) -> Any:
        """Send a request, and wait for its answer."""
        self._asked += 1
        number = self._asked
        self._send({"id": number, "method": method, "params": parameters})
        while True:
            message = self._next()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            self._handle(message)

    def _tell(self, method: str, parameters: dict[str, Any]) -> None:
        self._send({"method": method, "params": parameters})

    def _handle(self, message: dict[str, Any]) -> None:
        """Answer what the server asks of an editor, and keep what it marks."""
        if message.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            wanted = [self._settings.get(item.get("section", "")) for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": wanted})
        elif "id" in message and "method" in message:
            self._send({"id": message["id"], "result": None})

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream = self._process.stdin
        assert stream
        stream.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        stream.flush()

    def _next(self) -> dict[str, Any]:
        try:
            return self._messages.get(timeout=SECONDS)
        except Empty:
            raise AssertionError(f"the language server says nothing for {SECONDS} seconds") from None

    def _receive(self) -> None:
        stream = self._process.stdout
        assert stream
        while header := stream.readline():
            length = int(header.removeprefix(b"Content-Length:"))
            while stream.readline().strip():  # other headers, up to the blank line
                pass
            self._messages.put(json.loads(stream.read(length)))


def _at(file: Path, line: int, column: int) -> dict[str, Any]:
    return {"textDocument": {"uri": file.as_uri()}, "position": {"line": line - 1, "character": column - 1}}
