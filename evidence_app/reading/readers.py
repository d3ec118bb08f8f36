"""Where items are read: what all such places have in common, and processes of this computer."""

from __future__ import annotations

from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass

from evidence_app.closing import Closing
from evidence_app.reading import portable
from evidence_app.reading.portable import Answer, Task


@dataclass
class Readers(Closing):
    """Reads several items at the same time.

    Attributes:
        executor: Runs `portable.read_task`.
        most_at_once: So many items are given to it before the first comes back.
    """

    executor: Executor
    most_at_once: int

    def submit(self, task: Task) -> Future[list[Answer]]:
        """Begin to read an item."""
        return self.executor.submit(
            portable.read_task, task.data, task.digest, task.taken_on, task.pages
        )


class LocalReaders(Readers):
    """So many closed-off processes of this computer."""

    def __init__(self, count: int) -> None:
        # The threads only wait for their processes.
        super().__init__(ThreadPoolExecutor(count, "reading"), count + 1)

    def close(self) -> None:
        """Wait for what is being read, and end the processes."""
        self.executor.shutdown(cancel_futures=True)
        portable.end_readers()
