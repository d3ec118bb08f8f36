"""The taxonomy of violation types."""

import pytest

from evidence_app.errors import UsageError
from evidence_app.rulebook import violations


def test_there_are_twenty_types_in_a_fixed_order() -> None:
    types = violations.all_types()
    assert [violation_type.order for violation_type in types] == list(range(1, 21))
    assert len({violation_type.code for violation_type in types}) == 20
    assert (types[0].code, types[-1].code) == ("outside_hours_contact", "personal_data_misuse")


def test_each_is_named_and_explained_in_both_languages() -> None:
    for violation_type in violations.all_types():
        assert 1 <= violation_type.severity <= 4
        assert violation_type.name("en").isascii()
        assert not violation_type.name("zh").isascii()
        assert violation_type.explanation("en").endswith(".")
        assert violation_type.explanation("zh").endswith("。")


def test_an_unknown_code_is_refused() -> None:
    assert violations.get("abusive_visit").severity == 4
    with pytest.raises(UsageError):
        violations.get("nonsense")
