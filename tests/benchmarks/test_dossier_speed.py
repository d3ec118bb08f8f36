"""How long a dossier takes, beside img2pdf over the same pictures: figures, no verdicts.

Run it as ``python tests/benchmarks/test_dossier_speed.py [pictures|log]`` from the checkout. Each
side runs in a process of its own; its memory is the highest of the process plus that of the
largest of its helpers. A helper counts at least as much as the process had when it started it,
so this is an upper bound.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

PICTURES = 200
ROWS = 100_000
sys.path.insert(0, str(Path(__file__).parents[1] / "dossier"))


def write_pictures(folder: Path, count: int) -> list[Path]:
    """Screens of 1080 by 2340, half of them PNG and half JPEG, all different."""
    from dossier_builder import jpeg, png
    from PIL import Image

    noise = Image.effect_noise((540, 700), 40).resize((1080, 1400)).convert("RGB")
    paths = []
    for n in range(count):
        data = png(1080, 2340, n) if n % 2 else jpeg(1080, 2340, n)
        path = folder / f"{n:03}.{'png' if n % 2 else 'jpg'}"
        path.write_bytes(data)
        with Image.open(path) as drawn:
            shown = drawn.convert("RGB")
        shown.paste(noise.crop((0, 0, 700, 90 + n)), (200, 700))
        shown.save(path)
        paths.append(path)
    return paths


def plain(paths: list[Path], out: Path) -> None:
    """The floor: the pictures, one on a page, and nothing else."""
    import img2pdf

    out.write_bytes(img2pdf.convert([str(path) for path in paths]))


def full(paths: list[Path], out: Path) -> None:
    """A full dossier with them."""
    from dossier_builder import Builder
    from test_dossier import render

    from evidence_app.model.evidence import ItemKind

    made = Builder(title="t")
    for path in paths:
        media = "image/png" if path.suffix == ".png" else "image/jpeg"
        made.item(ItemKind.PICTURE, path.name, b"", media, width=1080, height=2340)
    made.originals = _FromFiles(paths)
    made.items = [_with_hash(item, path) for item, path in zip(made.items, paths, strict=True)]
    render(made.content(), out)


class _FromFiles(dict[int, bytes]):
    """Originals that are read when they are asked for, as a case file gives them."""

    def __init__(self, paths: list[Path]) -> None:
        self._paths = paths

    def __missing__(self, item_id: int) -> bytes:
        return self._paths[item_id // 10 - 1].read_bytes()


def _with_hash(item: object, path: Path) -> object:
    import hashlib
    from dataclasses import replace

    data = path.read_bytes()
    return replace(item, sha256=hashlib.sha256(data).hexdigest(), size=len(data))  # type: ignore[type-var]


def log(count: int, out: Path) -> None:
    """A call log of so many lines as an annex, with everything that belongs to it."""
    from dossier_builder import Builder, calls
    from test_dossier import render

    from evidence_app.model.evidence import ItemKind

    made = Builder(title="t")
    item = made.item(ItemKind.CALL_LOG, "log.csv", b"log", "text/csv")
    calls(made, count, item, timedelta(minutes=11))
    began = time.perf_counter()
    render(made.content(), out)
    print(f"  of it writing: {time.perf_counter() - began:.1f} s")


def measured(work: Callable[..., None], *values: object) -> tuple[float, float]:
    """Seconds, and MiB of the process and its largest helper, in a process of its own."""
    context = multiprocessing.get_context("spawn")
    inlet, outlet = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(outlet, work, values))
    process.start()
    found = inlet.recv()
    process.join()
    return found[0], found[1]


def _measure(outlet: object, work: Callable[..., None], values: tuple[object, ...]) -> None:
    began = time.perf_counter()
    work(*values)
    seconds = time.perf_counter() - began
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    own, helpers = (resource.getrusage(one).ru_maxrss / 1024 for one in who)
    print(f"  {work.__name__}: own {own:.0f} MiB, largest helper {helpers:.0f} MiB")
    outlet.send((seconds, own + helpers))  # type: ignore[attr-defined]


def main() -> None:
    """Print the figures."""
    wanted = sys.argv[1:] or ["pictures", "log"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "pictures" in wanted:
            paths = write_pictures(folder, PICTURES)
            size = sum(path.stat().st_size for path in paths)
            for _ in range(2):
                floor = measured(plain, paths, folder / "plain.pdf")
                ours = measured(full, paths, folder / "full.pdf")
                grown = (folder / "full.pdf").stat().st_size / size
                print(f"{floor[0]:.1f} s {floor[1]:.0f} MiB | {ours[0]:.1f} s {ours[1]:.0f} MiB")
                print(f"time x{ours[0] / floor[0]:.2f}, memory x{ours[1] / floor[1]:.2f}, "
                      f"file x{grown:.2f}")  # fmt: skip
        if "log" in wanted:
            for count in (ROWS // 5, ROWS):
                seconds, memory = measured(log, count, folder / "log.pdf")
                print(f"{count:,} lines: {seconds:.1f} s, {memory:.0f} MiB")


def test_a_small_dossier_of_pictures_is_no_larger_than_they_are(tmp_path: Path) -> None:
    """The same, for a few, so that the benchmark itself stays in order."""
    paths = write_pictures(tmp_path, 4)
    full(paths, tmp_path / "full.pdf")
    grown = (tmp_path / "full.pdf").stat().st_size - sum(one.stat().st_size for one in paths)
    assert grown < 400_000, "fonts and text, and no picture made anew"


if __name__ == "__main__":
    main()
