"""The taxonomy of violation types."""

import pytest

from evidence_app.errors import UsageError
from evidence_app.rulebook import violations


def test_there_are_twenty_types_in_a_fixed_order() -> None:
    known = violations.all_types()
    assert [one.order for one in known] == list(range(1, 21))
    assert len({one.code for one in known}) == 20
    assert (known[0].code, known[-1].code) == ("outside_hours_contact", "personal_data_misuse")


def test_each_is_named_and_explained_in_both_languages() -> None:
    for one in violations.all_types():
        assert 1 <= one.severity <= 4
        assert one.name("en").isascii()
        assert not one.name("zh").isascii()
        assert one.explanation("en").endswith(".")
        assert one.explanation("zh").endswith("。")


def test_an_unknown_code_is_refused() -> None:
    assert violations.get("abusive_visit").severity == 4
    with pytest.raises(UsageError):
        violations.get("nonsense")
