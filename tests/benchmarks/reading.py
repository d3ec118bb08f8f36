"""How well and how fast pictures are read, beside RapidOCR alone: figures, no verdicts.

Run it as ``python tests/benchmarks/reading.py [pictures]`` from the checkout.
"""

from __future__ import annotations

import io
import random
import resource
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "reading")]

from list_screens import LIST_SKINS, all_lists, list_screen  # noqa: E402 - found by the line above.
from scoring import Score  # noqa: E402
from screens import SKINS, Conversation, Screen, talk  # noqa: E402

from evidence_app.model.reading import PictureLayout  # noqa: E402
from evidence_app.reading.process import PictureReader  # noqa: E402
from evidence_app.reading.threads import threads_of  # noqa: E402

WIDTHS, LETTERS, QUALITIES = (720, 1080, 1440), (0.9, 1.0, 1.2), (0, 95, 80, 60)
LONG = 12_000
Named = tuple[str, Screen, bytes]


def chats(count: int) -> Iterator[Named]:
    """Screens of chats in turn over apps, languages, widths, type sizes and JPEG qualities."""
    for number in range(count):
        skin = SKINS[number % len(SKINS)]
        language = ("zh", "en")[number // len(SKINS) % 2]
        width, letters = WIDTHS[number % 3], LETTERS[number // 3 % 3]
        quality = QUALITIES[(number + number // 4) % 4]
        said = talk(language, 16, skin, seed=5000 + number, group=number % 3 == 0)
        talked = Conversation(said, skin, width=width, letters=letters, seed=number)
        screen = talked.screen(number * 137 % 800 * width // 720, int(width * 2.16))
        yield f"{skin.name} {language} {width} {quality}", screen, screen.data(quality)


def long_chats() -> Iterator[Named]:
    """Stitched screens, 12,000 rows high."""
    for number, skin in enumerate(SKINS[:4]):
        talked = Conversation(talk("zh", 70, skin, seed=600 + number), skin, width=1080)
        screen = talked.screen(0, LONG)
        yield f"long {skin.name}", screen, screen.data((60, 80, 95, 70)[number])


def lists() -> Iterator[Named]:
    """Call logs and lists of messages in every look."""
    for number, skin in enumerate(LIST_SKINS):
        for place, (rows, layout, heading) in enumerate(all_lists()):
            width, letters = WIDTHS[(number + place) % 3], LETTERS[place % 3]
            screen = list_screen(rows, layout, skin, width=width, letters=letters, heading=heading)
            yield f"{skin.name} {heading}", screen, screen.data(QUALITIES[place % 4])


def read_all(reader: PictureReader, named: Iterator[Named], score: Score) -> list[bytes]:
    """Read and count them; the files, for those who read them once more."""
    files = []
    for name, screen, data in named:
        read = reader.read(data)
        if screen.layout is PictureLayout.CHAT:
            score.chat(screen, read, name)
        else:
            score.lists(screen, read, name)
        score.words(screen, read)
        files.append(data)
    return files


def joins(reader: PictureReader) -> tuple[int, int, int, int]:
    """Right joins of all; messages counted once of all, over shuffled scrolled pictures."""
    right = of = once = messages = 0
    for number, skin in enumerate(SKINS[::2]):
        width, height = 720, 1555
        said = talk(("zh", "en")[number % 2], 20, skin, seed=700 + number, extras=False)
        talked = Conversation(said, skin, width=width, seed=number)
        chance, view = random.Random(number), height - 126 * width // 360
        stops = [0]
        while stops[-1] < talked.height - view:
            step = int(view * chance.uniform(0.4, 0.9))
            stops.append(min(talked.height - view, stops[-1] + step))
        order = chance.sample(range(len(stops)), len(stops))
        pictures = [reader.read(talked.screen(stops[one], height).data(70)) for one in order]
        for thread in threads_of(pictures):
            placed = [order[one.picture] for one in thread.pictures]
            right += sum(b == a + 1 for a, b in pairwise(placed))
            once += len(thread.events)
        of += len(stops) - 1
        messages += len(talked.truths)
    return right, of, once, messages


def bare_seconds(files: list[bytes]) -> float:
    """Processor seconds a picture of RapidOCR in a loop, with the same settings."""
    import numpy as np
    from PIL import Image

    from evidence_app.reading import ocr

    engine = ocr.TextReader()._engine
    begun = time.process_time()
    for data in files:
        pixels = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
        engine(pixels[:, :, ::-1].copy())
    return (time.process_time() - begun) / len(files)


def _used(pid: int) -> tuple[float, int]:
    """Processor seconds of a process, and the most megabytes that it had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    status = Path(f"/proc/{pid}/status").read_text()
    peak = int(status.split("VmHWM:")[1].split()[0]) // 1024
    return (int(fields[11]) + int(fields[12])) / 100, peak


def say(text: str) -> None:
    """One line of the report."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def report(title: str, score: Score) -> None:
    """All that was counted."""
    whats = sorted(name[:-3] for name in score.counts if name.endswith(" of"))
    shares = [f"{what} {score.share(what):.4f} of {score.counts[what + ' of']}" for what in whats]
    say(f"{title}: {'; '.join(shares)}; invented {score.counts['extra']}")
    say(f"  wrong characters: messages {score.error_rate():.4%}, all {score.error_rate('all'):.4%}")
    for fault in score.faults:
        say(f"  {fault[:200]}")


def compare(count: int) -> None:
    """Print all figures."""
    with PictureReader() as reader:
        reader.read(next(chats(1))[2])
        assert reader._helper.child is not None
        pid = reader._helper.child.pid
        score = Score()
        before = _used(pid)[0]
        begun = time.perf_counter()
        files = read_all(reader, chats(count), score)
        ours, wall = (_used(pid)[0] - before) / count, (time.perf_counter() - begun) / count
        report(f"{count} chats", score)
        bare = bare_seconds(files)
        say(f"  a picture: {ours:.2f} s of processor, {wall:.2f} s in all with drawing; RapidOCR "
            f"alone {bare:.2f} s of processor; speed {bare / ours:.2f} of it")  # fmt: skip
        for title, named in (("long chats", long_chats()), ("lists", lists())):
            score = Score()
            read_all(reader, named, score)
            report(title, score)
        right, of, once, messages = joins(reader)
        say(f"joins: {right} of {of} right; {once} messages counted, {messages} were sent")
        say(f"peak: {_used(pid)[1]} MB in the reading process")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    say(f"peak of this process, with drawing and RapidOCR alone: {own} MB")


if __name__ == "__main__":
    compare(int(sys.argv[1]) if len(sys.argv) > 1 else 48)
