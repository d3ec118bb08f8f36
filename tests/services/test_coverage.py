"""What logs cover, and where none does."""

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from evidence_app.casefile.case import CaseFile
from evidence_app.model.coverage import Coverage, gaps
from evidence_app.model.evidence import ItemKind
from evidence_app.services import coverage
from evidence_app.services.importing.importer import Importer


def test_days_between_two_bills_are_a_gap(case: CaseFile, tmp_path: Path) -> None:
    head = "对方号码,起始时间,通信方式,通话时长(秒)\n"
    for name, days in (("a", (1, 3)), ("b", (3, 5)), ("c", (9, 11))):
        rows = "".join(f"95001,2026-01-{day:02} 08:00:00,被叫,9\n" for day in days)
        (tmp_path / f"{name}.csv").write_text(head + rows)
    with Importer(case) as importer:
        importer.run([tmp_path / f"{name}.csv" for name in "abc"])
    covered = coverage.list_coverage(case)
    assert [
        (coverage_row.filename, coverage_row.first.day, coverage_row.last.day, coverage_row.count)
        for coverage_row in covered
    ] == [
        ("a.csv", 1, 3, 2),
        ("b.csv", 3, 5, 2),
        ("c.csv", 9, 11, 2),
    ]
    [gap] = coverage.list_gaps(case)
    assert (gap.kind, gap.first.day, gap.last.day) == (ItemKind.CALL_LOG, 6, 8)


@given(st.lists(st.tuples(st.integers(1, 200), st.integers(0, 30)), max_size=12))
def test_a_day_is_in_a_gap_just_if_no_log_covers_it(spans: list[tuple[int, int]]) -> None:
    start = date(2026, 1, 1).toordinal()
    logs = [
        Coverage(
            n,
            "",
            ItemKind.MESSAGES,
            date.fromordinal(start + first),
            date.fromordinal(start + first + length),
            1,
        )
        for n, (first, length) in enumerate(spans)
    ]
    covered = {
        day for log in logs for day in range(log.first.toordinal(), log.last.toordinal() + 1)
    }
    missing = {
        day for gap in gaps(logs) for day in range(gap.first.toordinal(), gap.last.toordinal() + 1)
    }
    between = set(range(min(covered), max(covered) + 1)) if covered else set()
    assert missing == between - covered
