"""Making, opening and describing a case."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from evidence_app import logs
from evidence_app.casefile.case import CaseFile as CaseFile
from evidence_app.casefile.records import case_info as case_records
from evidence_app.casefile.records import parties as party_records
from evidence_app.casefile.storage import connection as database
from evidence_app.casefile.storage.interruption import interruptible as interruptible
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode, message
from evidence_app.model import numbers as number_rules
from evidence_app.model.case import CaseInfo, Jurisdiction
from evidence_app.model.custody import Action
from evidence_app.model.party import Identifier, Role
from evidence_app.model.times import zone
from evidence_app.services import short_texts
from evidence_app.services.history import Edit, editing

_BY_ZONE = {
    "Asia/Shanghai": Jurisdiction.CHINA,
    "Asia/Urumqi": Jurisdiction.CHINA,
    "Asia/Chongqing": Jurisdiction.CHINA,
    "Europe/London": Jurisdiction.UNITED_KINGDOM,
    "Asia/Kolkata": Jurisdiction.INDIA,
    "Asia/Calcutta": Jurisdiction.INDIA,
    "Asia/Manila": Jurisdiction.PHILIPPINES,
    "Asia/Jakarta": Jurisdiction.INDONESIA,
}


@logs.step("make a case")
def create(
    path: Path,
    *,
    title: str,
    owner_name: str = "",
    numbers: Sequence[str] = (),
    timezone: str,
    jurisdiction: Jurisdiction,
) -> CaseFile:
    """Make a case file and open it.

    Args:
        path: Where; nothing may be there yet.
        title: What the person calls the case.
        owner_name: The person's name.
        numbers: The person's own telephone numbers, as they write them.
        timezone: IANA name.
        jurisdiction: Whose rules apply.

    Raises:
        UserError: A value is missing or unknown, or the file cannot be made.
    """
    zone(timezone)
    checked_title = short_texts.checked(title)
    if not checked_title:
        raise UserError(message(MessageCode.NEEDS_VALUE, field="title"))
    case = CaseFile.create(path)
    info = CaseInfo(
        checked_title,
        short_texts.checked(owner_name),
        timezone,
        jurisdiction,
        datetime.now(UTC),
        uuid.uuid4().hex,
    )
    try:
        _describe(case, info, numbers)
    except BaseException:
        case.close()
        database.remove_files(path)
        raise
    return case


def _describe(case: CaseFile, info: CaseInfo, numbers: Sequence[str]) -> None:
    detail = {"title": info.title, "case_id": info.case_id}
    with case.change(Action.CREATE_CASE, detail) as change:
        case_records.add_info(change, info)
        for raw in numbers:
            normalized = number_rules.normalize(raw, info.jurisdiction.region())
            owner = party_records.find_party(change.connection, normalized)
            if normalized and owner is None:
                mine = Identifier(raw.strip(), normalized)
                party_records.add_party(change, Role.ME, info.owner_name, mine)


@logs.step("open a case")
def open_case(path: Path, *, read_only: bool = False, password: str | None = None) -> CaseFile:
    """Open a case file.

    Args:
        path: Where it is.
        read_only: Do not change it.
        password: If it is locked: its password, or the code of its recovery sheet.

    Raises:
        UserError: It is not there, is no case file, has a writer already, or does not open
            with that password.
        DamagedError: It cannot be read.
    """
    return CaseFile.open(path, read_only=read_only, password=password)


@logs.step("open a case again")
def open_again(case: CaseFile, *, read_only: bool) -> CaseFile:
    """Open a case again that was just closed, with the same password.

    Raises:
        UserError, DamagedError: As `open_case`.
    """
    return CaseFile.open(case.path, read_only=read_only, key=case.key)


def is_locked(path: Path) -> bool:
    """Whether a case file is locked with a password.

    Raises:
        UserError: It is not there, or is no case file.
    """
    return database.is_locked(path)


def info(case: CaseFile) -> CaseInfo:
    """What the person says of the case."""
    with case.read() as connection:
        return case_records.info(connection)


def edit_info(
    case: CaseFile,
    *,
    title: str | None = None,
    owner_name: str | None = None,
    timezone: str | None = None,
    jurisdiction: Jurisdiction | None = None,
) -> Edit:
    """Change what is said of the case; None leaves a value as it is."""
    changes = {
        "title": short_texts.checked(title) if title is not None else None,
        "owner_name": short_texts.checked(owner_name) if owner_name is not None else None,
        "timezone": zone(timezone).key if timezone is not None else None,
        "jurisdiction": jurisdiction.value if jurisdiction is not None else None,
    }
    values = {name: value for name, value in changes.items() if value is not None}
    with editing(case, Action.EDIT_CASE, values) as (change, edit):
        case_records.edit_info(change, values)
    return edit


def own_numbers(case: CaseFile) -> tuple[str, ...]:
    """The person's own numbers, as they write them."""
    with case.read() as connection:
        mine = [party for party in party_records.parties(connection) if party.role is Role.ME]
    return tuple(identifier.raw for me in mine for identifier in me.identifiers)


def default_timezone() -> str:
    """The zone of this computer, or UTC if it does not say."""
    import tzlocal

    name = tzlocal.get_localzone_name()
    return name or "UTC"


def default_jurisdiction() -> Jurisdiction:
    """The place that goes with this computer's zone."""
    name = default_timezone()
    if name.startswith("Australia/"):
        return Jurisdiction.AUSTRALIA
    if name.startswith(("America/New_York", "America/Chicago", "America/Denver", "America/Los_A")):
        return Jurisdiction.UNITED_STATES
    return _BY_ZONE.get(name, Jurisdiction.OTHER)
