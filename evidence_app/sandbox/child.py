"""Starts closed-off processes, speaks with them, and ends them."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from evidence_app.progress import SILENT, Progress
from evidence_app.sandbox import frames
from evidence_app.sandbox.frames import Frame
from evidence_app.sandbox.inside import READY
from evidence_app.sandbox.protection import Protection, protection_back
from evidence_app.sandbox.watch import Watch

VERB = "--closed-off"
"""The first argument by which a bundled program knows that it is to be a closed-off process."""

_LOG = logging.getLogger(__name__)
_ENTRY = Path(__file__).with_name("__main__.py")
_KEPT = ("LANG", "LANGUAGE", "TZ", "TZDIR", "SYSTEMROOT", "WINDIR")
_reported: set[Protection] = set()

BROKEN = (EOFError, OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What a process that died, or does not keep to the protocol, looks like from here."""

# Linux ends a closed-off process when the thread that started it ends, so one thread, which lives
# as long as the program, starts them all.
_starter = ThreadPoolExecutor(1, thread_name_prefix="starting processes")


class Child:
    """One closed-off process and the folder that it has for itself.

    Args:
        module: What it runs, a module with a function ``main`` that begins with `inside.enter`.
        memory: Bytes of address space that it will use at most.

    Attributes:
        folder: Where it can make files; only their sizes are of interest here.
        protection: How well it says that it is closed off, once it was heard from.
    """

    def __init__(self, module: str, memory: int) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="evidence-child-"))
        self.protection: Protection | None = None
        self._memory = memory
        self._job = 0
        self._watch: Watch | None = None
        try:
            self._process = _starter.submit(self._start, module).result()
        except BaseException:
            self._remove_folder()
            raise

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    @contextmanager
    def watched(self, timeout_s: float, progress: Progress = SILENT) -> Iterator[Watch]:
        """An exchange, which ends with the process if that is silent, greedy or unwanted.

        Args:
            timeout_s: See `Watch`.
            progress: See `Watch`.
        """
        with Watch(self.kill, timeout_s, progress, self.folder) as self._watch:
            yield self._watch

    def send(self, head: Any, data: bytes = b"") -> None:
        """Send one frame, in an exchange.

        Raises:
            OSError: The process has ended.
        """
        with self._waiting():
            frames.write_frame(self._pipe(self._process.stdin), head, data)

    def send_file(self, stream: BinaryIO, size: int = sys.maxsize) -> None:
        """Send a file from its beginning, so many bytes of it at most."""
        stream.seek(0)
        remaining = size
        while remaining > 0 and (piece := stream.read(min(frames.PIECE, remaining))):
            self.send("piece", piece)
            remaining -= len(piece)
        self.send("end")

    def receive(self) -> Frame:
        """Receive one frame, in an exchange.

        Raises:
            EOFError: The process has ended.
            ValueError, TypeError, LookupError: It does not keep to the protocol.
        """
        frame = self._frame()
        if self.protection is None:
            self._greet(frame)
            frame = self._frame()
        return frame

    def receive_file(self, target: BinaryIO) -> None:
        """Receive a file; raises what `receive` does."""
        while (frame := self.receive()).head != "end":
            target.write(frame.data)

    def ask(
        self, request: Mapping[str, Any], original: BinaryIO | None, target: Path | None
    ) -> dict[str, Any]:
        """Send a request to a process that runs `inside.serve_files`; raises like `receive`.

        Args:
            request: What it is to do.
            original: The file with which it does it; None for the one that was sent last.
            target: Where the file that it makes goes; None for a request that makes none.

        Returns:
            What it says of that; its text under ``error`` alone if it failed, and there is no file
            then.
        """
        self.send(request)
        if original is not None:
            self.send_file(original)
        answer: dict[str, Any] = self.receive().head
        if target is not None and "error" not in answer:
            with target.open("wb") as file:
                self.receive_file(file)
        return answer

    def kill(self) -> None:
        """End the process at once; any thread may."""
        self._process.kill()

    def stop(self) -> None:
        """End the process, and remove what it left."""
        self._process.kill()
        self._process.wait()
        if sys.platform == "win32" and self._job:
            from evidence_app.sandbox import windows

            windows.release(self._job)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._remove_folder()

    def _start(self, module: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            command(module),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(self.folder, os.environ),
            cwd=self.folder,
            # Without the terminal of the program.
            start_new_session=True,
        )
        if sys.platform == "win32":
            from evidence_app.sandbox import windows

            self._job = windows.hold(process, self._memory)
        return process

    def _greet(self, frame: Frame) -> None:
        name, values = frame.head
        if name != READY:
            raise ValueError("a closed-off process did not say so")
        self.protection = protection_back(values)
        if not self.protection.is_whole and self.protection not in _reported:
            _reported.add(self.protection)
            reasons = "; ".join(self.protection.reasons)
            _LOG.warning("files from others are read in a partly closed-off process: %s", reasons)

    def _frame(self) -> Frame:
        with self._waiting():
            return frames.read_frame(self._pipe(self._process.stdout))

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        assert self._watch is not None, "outside of an exchange nobody would notice a hang"
        with self._watch.waiting():
            yield

    def _pipe(self, pipe: Any) -> Any:
        if pipe is None:
            raise EOFError
        return pipe

    def _remove_folder(self) -> None:
        shutil.rmtree(self.folder, onerror=_open_up)


def command(module: str) -> list[str]:
    """The command that runs a module closed off, in a checkout, an installation or a bundle."""
    if getattr(sys, "frozen", False):
        return [sys.executable, VERB, module]
    # Isolated: neither the environment nor the person's own packages say what is loaded.
    return [sys.executable, "-I", "-B", "-X", "utf8", str(_ENTRY), module]


def environment(folder: Path, ours: Mapping[str, str]) -> dict[str, str]:
    """The environment variables of a closed-off process.

    Args:
        folder: Where its temporary files go.
        ours: The environment of this program.
    """
    inherited = {
        name: value
        for name, value in ours.items()
        if name.upper() in _KEPT or name.startswith("LC_")
    }
    return {
        **inherited,
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)),
        # Threads of numerical libraries would reserve address space for nothing.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }


def _open_up(remove: Callable[[str], object], path: str, error: object) -> None:
    """Remove what was made without the right to look into it."""
    try:
        Path(path).parent.chmod(0o700)
        if Path(path).is_dir() and not Path(path).is_symlink():
            Path(path).chmod(0o700)
            shutil.rmtree(path)
        else:
            remove(path)
    except OSError:
        _LOG.warning("a closed-off process left something behind", exc_info=True)
