"""Which phone or computer the evidence comes from, and where that is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import devices as device_records
from evidence_app.casefile.records import parts as part_records
from evidence_app.model.custody import Action
from evidence_app.model.device import Device
from evidence_app.services import short_texts
from evidence_app.services.history import Edit, editing


def list_devices(case: CaseFile) -> list[Device]:
    """All devices, the newest first."""
    with case.read() as connection:
        return device_records.devices(connection)


def of_item(case: CaseFile, item_id: int) -> Device | None:
    """The device that an item, or the file that it lay in, comes from."""
    with case.read() as connection:
        return device_records.device_of(connection, item_id)


@dataclass(frozen=True, slots=True)
class Origins:
    """Where all items come from.

    Attributes:
        devices: The device of an item, by its number.
        containers: The item in which an item lies, by its number.
    """

    devices: dict[int, Device]
    containers: dict[int, int]


def of_items(case: CaseFile) -> Origins:
    """Where all items come from, as far as that is known."""
    with case.read() as connection:
        return Origins(
            device_records.devices_of_items(connection),
            part_records.containers_of_items(connection),
        )


def assign(
    case: CaseFile,
    item_ids: Sequence[int],
    name: str,
    holder: str | None = None,
    is_kept: bool | None = None,
) -> Edit:
    """Say from which device items come; None leaves what is known of it as it is."""
    changes = {"holder": holder, "is_kept": is_kept}
    values = {key: value for key, value in changes.items() if value is not None}
    detail = {"items": list(item_ids), "device": name, **values}
    with editing(case, Action.EDIT_DEVICE, detail) as (change, edit):
        device_id = device_records.know(change, short_texts.checked(name))
        if values:
            device_records.edit(change, device_id, **values)
        device_records.assign(change, list(item_ids), device_id)
    return edit
