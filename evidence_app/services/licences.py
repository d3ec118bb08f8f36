"""The licences of all that the program is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import PurePosixPath

from evidence_app import resources
from evidence_app.errors import InternalError

COLLECTED = "licences.txt"
"""The resource that a bundle has, in which those of the system's libraries are too."""

_NAMES = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "AUTHORS")
_RULE = "=" * 78


def text() -> str:
    """Names, versions and licence texts of the libraries that this installation uses."""
    try:
        return resources.path(COLLECTED).read_text(encoding="utf-8")
    except InternalError:
        return "".join(
            map(section, sorted(_installed(), key=lambda library: library.name.casefold()))
        )


def section(library: Distribution) -> str:
    """Name, version, licence and licence texts of one Python library."""
    about = library.metadata
    named = [header for header in ("License-Expression", "License") if header in about]
    terms = about[named[0]] if named else _classified(library)
    first = next(iter(terms.splitlines()), "")
    return joined(f"{library.name} {library.version}", first, _texts(library))


def joined(name: str, terms: str, texts: Iterable[str]) -> str:
    """A part of the collected licences, in the form that all parts have."""
    head = f"{_RULE}\n{name}\n{terms}\n{_RULE}\n"
    return "\n".join([head, *(licence_text.strip() + "\n" for licence_text in texts)]) + "\n"


def _classified(library: Distribution) -> str:
    names = library.metadata.get_all("Classifier") or []
    return "; ".join(
        classifier.rpartition(" :: ")[2]
        for classifier in names
        if classifier.startswith("License ::")
    )


def _texts(library: Distribution) -> Iterator[str]:
    for file in library.files or ():
        place = PurePosixPath(str(file))
        if place.parts[0].endswith(".dist-info") and _is_licence(place):
            yield file.read_binary().decode("utf-8", "replace")


def _is_licence(place: PurePosixPath) -> bool:
    is_text = place.suffix not in (".py", ".pyc")
    return is_text and ("licenses" in place.parts or place.name.upper().startswith(_NAMES))


def _installed() -> Iterator[Distribution]:
    """The libraries that the program names, and those that these name."""
    waiting, visited = ["evidence-app"], set()
    while waiting:
        name = waiting.pop()
        try:
            library = distribution(name)
        except PackageNotFoundError:
            continue  # What is wanted only by an option, or on another system.
        if library.name in visited:
            continue
        visited.add(library.name)
        if name != "evidence-app":
            yield library
        waiting += [
            _name_of(requirement)
            for requirement in library.requires or ()
            if "extra ==" not in requirement
        ]


def _name_of(requirement: str) -> str:
    end = next((at for at, sign in enumerate(requirement) if sign in " <>=!~;[("), None)
    return requirement[:end]
