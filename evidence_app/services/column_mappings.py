"""Files that say what the columns of a table hold, to be used for many tables and cases."""

from __future__ import annotations

import json
from pathlib import Path

from evidence_app.errors import UsageError, UserError
from evidence_app.messages import MessageCode, message
from evidence_app.model.question import TableMapping, mapping_from_json, mapping_values


def load(path: Path) -> TableMapping:
    """Read a mapping.

    Raises:
        UsageError: The file is not there, or is no mapping.
    """
    try:
        return mapping_from_json(json.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        reason = error.strerror or type(error).__name__
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        reason = f"{type(error).__name__}: {error}"
    raise UsageError(message(MessageCode.MAPPING_UNUSABLE, reason=reason))


def save(path: Path, mapping: TableMapping) -> None:
    """Write a mapping.

    Raises:
        UserError: It cannot be written there.
    """
    text = json.dumps(mapping_values(mapping), ensure_ascii=False, indent=2)
    try:
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise UserError(
            message(MessageCode.CANNOT_WRITE, path=path, reason=error.strerror)
        ) from error
