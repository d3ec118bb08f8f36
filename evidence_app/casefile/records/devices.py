"""The phones and computers that items come from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.records import row_values
from evidence_app.casefile.schema import device, item
from evidence_app.model.device import Device


def devices(connection: Connection) -> list[Device]:
    """All devices, the newest first."""
    rows = connection.execute(select(device).order_by(device.c.id.desc())).mappings()
    return [_device(row) for row in rows]


def know(change: Change, name: str) -> int:
    """The device of that name, made if there is none."""
    device_id = change.connection.execute(select(device.c.id).where(device.c.name == name)).scalar()
    return (
        int(device_id) if device_id else change.insert(device, name=name, holder="", is_kept=None)
    )


def edit(change: Change, device_id: int, **values: Any) -> None:
    """Change what is known of a device."""
    change.update(device, device_id, **values)


def assign(change: Change, item_ids: list[int], device_id: int) -> None:
    """Say that items come from a device."""
    for item_id in item_ids:
        change.update(item, item_id, device_id=device_id)


def device_of(connection: Connection, item_id: int) -> Device | None:
    """The device that an item, or the file that it lay in, comes from."""
    query = select(device).join(item, item.c.device_id == device.c.id)
    row = connection.execute(query.where(item.c.id == item_id)).mappings().one_or_none()
    return None if row is None else _device(row)


def devices_of_items(connection: Connection) -> dict[int, Device]:
    """The device of every item that comes from a known one."""
    query = select(item.c.id.label("item_id"), device).join(device, device.c.id == item.c.device_id)
    return {row["item_id"]: _device(row) for row in connection.execute(query).mappings()}


@row_values.converts(device)
def _device(row: Any) -> Device:
    return Device(row["id"], row["name"], row["holder"], row["is_kept"])
