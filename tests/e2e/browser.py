"""A page in a headless Chromium, driven over two pipes (the DevTools protocol)."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
)


class Page:
    """One page; each call waits for its answer."""

    def __init__(self, commands: int, answers: IO[bytes]) -> None:
        self._commands, self._answers = commands, answers
        self._number, self._session = 0, ""
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "DOM", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: object) -> Any:
        """Send one command; return its result."""
        self._number += 1
        request: dict[str, object] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            request["sessionId"] = self._session
        os.write(self._commands, json.dumps(request).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]
            self.events.append(answer)

    def open(self, path: Path) -> None:
        """Show a local file, and wait until it is there."""
        self.events.clear()
        self.call("Page.navigate", url=path.as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._read())

    def run(self, script: str) -> Any:
        """The value of an expression, awaited if it is a promise."""
        done = self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def choose(self, selector: str, files: Sequence[Path]) -> None:
        """Choose files in an input, as the person does in the dialog for files."""
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=[str(file) for file in files])

    def requests(self) -> list[str]:
        """The addresses that the page asked for since it was opened."""
        return [
            event["params"]["request"]["url"]
            for event in self.events
            if event.get("method") == "Network.requestWillBeSent"
        ]

    def complaints(self) -> list[str]:
        """What the browser wrote into its console since the page was opened."""
        return [
            json.dumps(event["params"])
            for event in self.events
            if event.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown")
        ]

    def _read(self) -> dict[str, Any]:
        data = bytearray()
        while (byte := self._answers.read(1)) != b"\0":
            assert byte, "the browser ended"
            data += byte
        answer: dict[str, Any] = json.loads(data)
        return answer


@contextmanager
def browser(folder: Path, *flags: str) -> Iterator[Page]:
    """A page of a new browser.

    Args:
        folder: An empty one, for what the browser keeps.
        flags: More of them.
    """
    commands_out, commands_in = os.pipe()
    answers_out, answers_in = os.pipe()

    def arrange() -> None:
        # The browser reads commands at 3 and writes answers at 4.
        saved_handles = [os.dup(commands_out), os.dup(answers_in)]
        for place, handle in zip((3, 4), saved_handles, strict=True):
            os.dup2(handle, place)

    command = ["chromium", *_FLAGS, f"--user-data-dir={folder}", *flags, "about:blank"]
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=log, close_fds=False, preexec_fn=arrange
        )
    os.close(commands_out)
    os.close(answers_in)
    try:
        with os.fdopen(answers_out, "rb") as answers:
            yield Page(commands_in, answers)
    finally:
        os.close(commands_in)
        process.kill()
        process.wait()
