"""Where fonts, icons, rulebooks, texts and translations are."""

from __future__ import annotations

from pathlib import Path

from evidence_app.errors import InternalError

_PACKAGE = Path(__file__).resolve().parent


def path(*parts: str) -> Path:
    """The resource of that name, in a checkout or in an installed package.

    Raises:
        InternalError: It is missing: the program is not installed completely.
    """
    for root in (_PACKAGE / "_resources", _PACKAGE.parent / "resources"):
        resource = root.joinpath(*parts)
        if resource.exists():
            return resource
    raise InternalError(f"a resource is missing: {'/'.join(parts)}")
