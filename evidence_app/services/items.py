"""What a person can see of an evidence item, and do to it."""

from __future__ import annotations

import logging
import shutil
from array import array
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from evidence_app import logs
from evidence_app.casefile import originals, verification
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody import file_form
from evidence_app.casefile.records import attachments as enclosure_records
from evidence_app.casefile.records import case_info as case_records
from evidence_app.casefile.records import destruction, queries
from evidence_app.casefile.records import duplicates as same_acts
from evidence_app.casefile.records import items as item_records
from evidence_app.casefile.records import marks as mark_records
from evidence_app.casefile.records import parts as part_records
from evidence_app.casefile.records import places as place_records
from evidence_app.errors import DamagedError, UsageError, UserError
from evidence_app.messages import Message, MessageCode, message
from evidence_app.model.changes import Area, Changes
from evidence_app.model.custody import Action
from evidence_app.model.evidence import (
    Item,
    Rendition,
    RenditionKind,
    SkippedEntry,
    TextBlock,
)
from evidence_app.model.filters import ItemFilter, ItemOrder
from evidence_app.model.region import Region
from evidence_app.model.times import TimeReading, to_text
from evidence_app.services import short_texts
from evidence_app.services.history import Edit, editing

__all__ = ["ItemFilter", "ItemOrder"]

_LOG = logging.getLogger(__name__)


def index(
    case: CaseFile,
    item_filter: ItemFilter,
    order: ItemOrder = ItemOrder.TIME,
    descending: bool = False,
) -> array[int]:
    """The numbers of the wanted items, in order."""
    with case.read() as connection:
        return queries.item_index(connection, item_filter, order, descending)


def get_many(case: CaseFile, ids: Sequence[int]) -> list[Item]:
    """The items of those numbers, in that order."""
    with case.read() as connection:
        return queries.items(connection, ids)


def get(case: CaseFile, item_id: int) -> Item:
    """One item.

    Raises:
        UsageError: There is none of that number.
    """
    items = get_many(case, [item_id])
    if not items:
        raise UsageError(message(MessageCode.UNKNOWN_ID, value=f"i{item_id}"))
    return items[0]


def rendition(case: CaseFile, item_id: int, kind: RenditionKind) -> Rendition | None:
    """A derivative of the original, or None if there is none of that kind that can be read."""
    try:
        with case.read() as connection:
            return item_records.find_rendition(connection, item_id, kind)
    except DamagedError:
        # It can be made again from the original; a check of the case tells of it.
        _LOG.warning("a derivative of item %d cannot be read", item_id, exc_info=True)
        return None


def thumbnail(case: CaseFile, item_id: int) -> Rendition | None:
    """A small picture of the item, or None."""
    return rendition(case, item_id, RenditionKind.THUMBNAIL)


def texts(case: CaseFile, item_id: int) -> list[TextBlock]:
    """The texts that stand in the item."""
    with case.read() as connection:
        return queries.texts(connection, item_id)


def regions(case: CaseFile, item_id: int) -> dict[int, Region]:
    """Where on a picture each event was read that was made of it, by the event's number."""
    with case.read() as connection:
        return {
            placed_text.event_id: placed_text.box
            for placed_text in mark_records.placed_texts(connection, item_id)
            if placed_text.event_id is not None and placed_text.box is not None
        }


def skipped(case: CaseFile, item_id: int) -> list[SkippedEntry]:
    """The entries of the item that could not be read."""
    with case.read() as connection:
        return queries.skipped(connection, item_id)


def time_readings(case: CaseFile, item_id: int) -> list[TimeReading]:
    """All times that sources state for the item."""
    with case.read() as connection:
        return queries.time_readings(connection, item_id=item_id)


def metadata(case: CaseFile, item_id: int) -> dict[str, str]:
    """What the file says of itself."""
    with case.read() as connection:
        return item_records.item_metadata(connection, item_id)


def open_original(case: CaseFile, item_id: int) -> BinaryIO:
    """The original's bytes, seekable, read from the case file as needed.

    Raises:
        UsageError: There is no such item.
        DamagedError: They are not what was imported; while reading too.
    """
    return originals.open_content(case, _content_of(case, item_id))


def stream_original(case: CaseFile, item_id: int) -> BinaryIO:
    """The original's bytes from the beginning to the end, each read only once.

    Raises:
        UsageError: There is no such item.
        DamagedError: They are not what was imported; while reading too, before the last of them.
    """
    return originals.stream_content(case, _content_of(case, item_id))


def _content_of(case: CaseFile, item_id: int) -> int:
    with case.read() as connection:
        content_id = item_records.content_of(connection, item_id)
    if content_id is None:
        raise UsageError(message(MessageCode.UNKNOWN_ID, value=f"i{item_id}"))
    return content_id


def extract(case: CaseFile, item_id: int, out: Path) -> Changes:
    """Write the original, unaltered, to a new file, and check it on the way.

    Raises:
        UserError: There is a file already, or none can be written there.
        DamagedError: The original is not what was imported; nothing is left behind.
    """
    item = get(case, item_id)
    try:
        target = out.open("xb")
    except FileExistsError as error:
        raise UserError(message(MessageCode.TARGET_EXISTS, path=out)) from error
    except OSError as error:
        raise _cannot_write(out, error) from error
    try:
        with target, stream_original(case, item_id) as stream:
            shutil.copyfileobj(stream, target, 1 << 20)
    except BaseException as error:
        out.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _cannot_write(out, error) from error
        raise
    if case.read_only:
        return Changes()
    try:
        with case.change(Action.EXTRACT, {"item": item_id, "sha256": item.sha256}) as change:
            pass
    except BaseException:
        # What cannot be entered into the log does not leave the case.
        out.unlink(missing_ok=True)
        raise
    return Changes(frozenset(change.areas), change.entry)


def _cannot_write(out: Path, error: OSError) -> UserError:
    return UserError(message(MessageCode.CANNOT_WRITE, path=out, reason=error.strerror))


def rename(case: CaseFile, item_id: int, title: str) -> Edit:
    """Give the item another title."""
    checked_title = short_texts.checked(title)
    with editing(case, Action.EDIT_ITEM, {"item": item_id, "title": checked_title}) as (
        change,
        edit,
    ):
        item_records.edit_item(change, item_id, title=checked_title)
    return edit


def set_note(case: CaseFile, item_id: int, note: str) -> Edit:
    """Put the person's own words beside the item."""
    with editing(case, Action.EDIT_ITEM, {"item": item_id, "note": note}) as (change, edit):
        item_records.edit_item(change, item_id, note=note)
    return edit


def correct_time(case: CaseFile, item_id: int, reading: TimeReading | None) -> Edit:
    """Put another time in force; what the sources state stays beside it."""
    moment = to_text(reading.moment) if reading else None
    with editing(case, Action.CORRECT_TIME, {"item": item_id, "time": moment}) as (change, edit):
        where = case_records.case_zone(change.connection)
        item_records.set_time(change, item_id, reading, where)
    return edit


def trash(case: CaseFile, ids: Sequence[int]) -> Edit:
    """Put items into the trash: they and their events are no longer shown or exported."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with editing(case, Action.TRASH_ITEM, {"items": list(ids)}) as (change, edit):
        for item_id in ids:
            item_records.edit_item(change, item_id, trashed_at=now)
        same_acts.release(change, ids)
    return edit


def restore(case: CaseFile, ids: Sequence[int]) -> Edit:
    """Take items back out of the trash."""
    with editing(case, Action.RESTORE_ITEM, {"items": list(ids)}) as (change, edit):
        for item_id in ids:
            item_records.edit_item(change, item_id, trashed_at=None)
    return edit


def _require_sound_file(case: CaseFile) -> None:
    """Make sure that what belongs to an item belongs to no other.

    It is found by indexes: one that lies would take others with it, and so would shared pages.
    """
    case.write_back()
    with case.read() as connection:
        below = file_form.check(case.path, case.key, verification.roots(connection))
        for mismatch in (*below, *verification.pages(connection)):
            raise UserError(message(MessageCode.ROW_FORGED, row=mismatch.where))


@logs.step("delete for good")
def destroy(case: CaseFile, ids: Sequence[int], reason: str) -> Changes:
    """Remove items for good, with their events, notes and originals; only what is in the trash.

    The log keeps their names, their SHA-256 and the reason. Copies of the case that were made
    before still hold them.

    Args:
        case: The case.
        ids: Which.
        reason: Why, in the person's words.

    Raises:
        UserError: One of them is not in the trash, or the file's indexes do not fit its tables;
            nothing was changed.
    """
    destroyed = get_many(case, ids)
    _require_sound_file(case)
    with case.read() as connection:
        if not all(item_records.is_trashed(connection, item_id) for item_id in ids):
            raise UserError(message(MessageCode.NOT_IN_TRASH))
    areas: set[Area] = set()
    entry = 0
    for item in destroyed:
        detail = {
            "item": item.id,
            "filename": item.filename,
            "sha256": item.sha256,
            "size": item.size,
            "reason": reason.strip(),
        }
        with case.change(Action.DESTROY, detail, undoable=False) as change:
            destruction.destroy(change, item.id)
        areas |= change.areas
        entry = change.entry
    case.write_back()
    return Changes(frozenset(areas), entry)


def containers(case: CaseFile, item_id: int) -> list[int]:
    """The items in which an item lies."""
    with case.read() as connection:
        return part_records.containers(connection, item_id)


def parts(case: CaseFile, item_id: int) -> list[int]:
    """The items that lie in an item."""
    with case.read() as connection:
        return part_records.parts(connection, item_id)


def events_of(case: CaseFile, item_id: int) -> list[int]:
    """The events to which an item belongs, as a picture to a message."""
    with case.read() as connection:
        return enclosure_records.events_of(connection, item_id)


def notices(case: CaseFile, codes: Sequence[MessageCode]) -> dict[int, list[Message]]:
    """Messages about items as a whole, by the items' numbers; only those in ``codes``."""
    with case.read() as connection:
        return item_records.notices(connection, codes)


def further_places(case: CaseFile, item_id: int) -> list[str]:
    """Where else the same bytes were found, as paths."""
    with case.read() as connection:
        return [f"{origin}/{name}" for origin, name in place_records.further(connection, item_id)]
