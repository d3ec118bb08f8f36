"""What the person is told of how files from others are read."""

import pytest

from evidence_app.messages import MessageCode
from evidence_app.sandbox.protection import WHOLE, Gap, Protection
from evidence_app.services import protection


@pytest.mark.parametrize(
    ("gaps", "code"),
    [
        ({Gap.READS_FILES, Gap.WRITES_FILES}, MessageCode.CLOSED_OFF_BUT_FILES),
        ({Gap.WRITES_FILES}, MessageCode.CLOSED_OFF_BUT_FILES),
        ({Gap.ACTS}, MessageCode.CLOSED_OFF_BUT_ACTS),
        ({Gap.ACTS, Gap.READS_FILES}, MessageCode.HARDLY_CLOSED_OFF),
        ({Gap.ACTS, Gap.UNTRIED}, MessageCode.CLOSED_OFF_UNTRIED),
        (set(Gap), MessageCode.CLOSED_OFF_UNTRIED),
    ],
)
def test_each_gap_is_said(gaps: set[Gap], code: MessageCode) -> None:
    assert protection.sentence(Protection(frozenset(gaps))).code is code


def test_a_whole_protection_is_said() -> None:
    assert protection.sentence(WHOLE).english().endswith("yes.")


def test_what_other_systems_offer_is_never_said_to_be_whole() -> None:
    from evidence_app.sandbox import macos, windows

    for offered in (macos.offered(), windows.offered()):
        assert protection.sentence(offered).code is MessageCode.CLOSED_OFF_UNTRIED
        assert "tried" in offered.reasons[0]


def test_a_job_of_windows_holds_one_process_in_bounds() -> None:
    import ctypes

    from evidence_app.sandbox import windows

    made = windows.limits(2 << 30)
    assert made.basic.processes == 1
    assert made.basic.flags & 0x2000
    assert made.process_memory == 2 << 30
    # The size on 64-bit Windows; another one is refused by the system.
    assert ctypes.sizeof(made) == 144
