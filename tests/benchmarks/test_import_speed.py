"""How long large logs take, beside a bare loop over the same file."""

from __future__ import annotations

import csv
import gc
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from figures import Figure, best, timed

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


def _checked(work: Callable[[], int], expected: int) -> Callable[[], None]:
    """The work, which must find everything."""

    def done() -> None:
        found = work()
        assert abs(found - expected) <= 1, found

    return done


def figures(folder: Path, count: int = COUNT) -> Iterator[Figure]:
    """An import of each kind of file, and what a tenth and a hundredth of it take."""
    kinds = ((".xml", write_xml, bare_xml), (".csv", write_csv, bare_csv))
    for suffix, write, bare in kinds:
        for rows in (count // 100, count // 10, count):
            path = folder / f"log-{rows}{suffix}"
            write(path, rows)
            alone = best(_checked(partial(bare, path), rows))
            # As the command does: what an import makes is many and short-lived.
            before = gc.get_threshold()
            gc.set_threshold(100_000)
            took = timed(_checked(partial(whole, folder, path), rows))
            gc.set_threshold(*before)
            aim = 10 if rows == count else None
            yield Figure(f"import of {rows:,} calls, {suffix}", took, "bare loop", alone, aim)


def test_a_small_log_is_imported_whole(tmp_path: Path) -> None:
    """The benchmark itself works."""
    assert len(list(figures(tmp_path, 200))) == 6
