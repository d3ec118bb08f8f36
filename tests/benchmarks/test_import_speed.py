"""How long large logs take, beside a bare loop over the same file: figures, no verdicts.

Run it as ``python tests/benchmarks/test_import_speed.py`` from the checkout.
"""

from __future__ import annotations

import csv
import gc
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

COUNT = 100_000


def write_xml(path: Path, count: int) -> None:
    """A backup of calls, one a minute."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write(f"<?xml version='1.0' encoding='UTF-8'?>\n<calls count=\"{count}\">\n")
        for number in range(count):
            stream.write(
                f'  <call number="+8613800{number % 500:06}" duration="{number % 300}" '
                f'date="{1_700_000_000_000 + number * 60_000}" type="{1 + number % 3}" '
                'presentation="1" readable_date="Jul 8, 2016 1:14:21 PM" '
                'contact_name="(Unknown)" />\n'
            )
        stream.write("</calls>\n")


def write_csv(path: Path, count: int) -> None:
    """A carrier's bill, one call a minute."""
    at = datetime(2023, 1, 1)  # noqa: DTZ001 - a bill has no zone.
    with path.open("w", encoding="utf-8") as stream:
        stream.write("对方号码,起始时间,通信方式,通话时长,通话地点\n")
        for number in range(count):
            moment = at + timedelta(minutes=number)
            side = ("主叫", "被叫")[number % 2]
            stream.write(f"13800{number % 500:06},{moment},{side},{1 + number % 300},北京\n")


def bare_xml(path: Path) -> int:
    """Every call as a tuple, and nothing else."""
    from lxml import etree

    rows = []
    for _, element in etree.iterparse(path, tag="call"):
        rows.append(tuple(element.attrib.values()))
        element.clear()
    return len(rows)


def bare_csv(path: Path) -> int:
    """Every row as a tuple, and nothing else."""
    with path.open(encoding="utf-8", newline="") as stream:
        return len([tuple(row) for row in csv.reader(stream)])


def whole(folder: Path, path: Path) -> int:
    """Everything that an import does; how many events came of it."""
    from evidence_app.model.case import Jurisdiction
    from evidence_app.services import cases
    from evidence_app.services.importing.importer import Importer

    case = cases.create(
        folder / f"{path.suffix[1:]}-{path.stat().st_size}.evcase",
        title="speed",
        owner_name="",
        numbers=(),
        timezone="Asia/Shanghai",
        jurisdiction=Jurisdiction.CHINA,
    )
    with case, Importer(case) as importer:
        return sum(result.events for result in importer.run([path]))


def timed(work: Callable[[], int], expected: int) -> float:
    """Seconds that the work takes; it must find everything."""
    begun = time.perf_counter()
    found = work()
    took = time.perf_counter() - begun
    assert abs(found - expected) <= 1, found
    return took


def compare(folder: Path, count: int) -> None:
    """Print both times and their ratio for each kind of file."""
    kinds = ((".xml", write_xml, bare_xml), (".csv", write_csv, bare_csv))
    for suffix, write, bare in kinds:
        path = folder / f"log{suffix}"
        write(path, count)
        alone = min(timed(partial(bare, path), count) for _ in range(3))
        took = timed(partial(whole, folder, path), count)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        sys.stdout.write(
            f"{count} rows {suffix}: bare loop {alone:.3f} s, import {took:.2f} s, "
            f"speed {alone / took:.3f} of the bare loop, peak {peak} MB\n"
        )


def test_a_small_log_is_imported_whole(tmp_path: Path) -> None:
    """The benchmark itself works."""
    compare(tmp_path, 200)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    # As the command does: what an import makes is many and short-lived.
    gc.set_threshold(100_000)
    with tempfile.TemporaryDirectory() as name:
        compare(Path(name), COUNT)
