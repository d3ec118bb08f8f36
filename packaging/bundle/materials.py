"""What a bundle is made of: the licences of all of it, and a bill of materials (CycloneDX).

Run by the environment that a bundle is made in: ``materials.py COLLECTED LICENCES PARTS``.
"""

from __future__ import annotations

import json
import platform
import re
import sys
import sysconfig
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]

from bundle import owners  # noqa: E402

from evidence_app.services import licences  # noqa: E402

_COMMON = Path("/usr/share/common-licenses")
_DOC = Path("/usr/share/doc")
_KEPT = ("type", "name", "version", "licenses", "purl", "cpe", "hashes")


def write_licences(owned: owners.Owners, target: Path) -> None:
    """Write names, versions and licence texts of everything into one file."""
    python = f"Python {platform.python_version()}"
    own = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    parts = [
        licences.joined("Evidence App", "GPL-3.0-or-later", [(ROOT / "LICENSE").read_text()]),
        *(_of_resources(path) for path in sorted((ROOT / "resources").rglob("*LICENSE*"))),
        licences.joined(python, "PSF-2.0", [own.read_text(encoding="utf-8")]),
        *map(licences.section, owned.libraries),
        *(_of_package(name, version) for name, version in owned.packages.items()),
    ]
    text = "".join(parts)
    named = set(re.findall(r"common-licenses/([\w.-]*\w)", text)) | {"LGPL-3"}
    texts = [_COMMON / name for name in sorted(named)]
    common = [licences.joined(path.name, "", [path.read_text()]) for path in texts if path.exists()]
    target.write_text(text + "".join(common), encoding="utf-8")


def _of_resources(path: Path) -> str:
    name = path.relative_to(ROOT).as_posix()
    return licences.joined(name, "", [path.read_text(encoding="utf-8")])


def _of_package(name: str, version: str) -> str:
    copyright_file = _DOC / name.partition(":")[0] / "copyright"
    text = copyright_file.read_text(encoding="utf-8", errors="replace")
    return licences.joined(f"{name} {version} (Debian)", "", [text])


def write_parts(owned: owners.Owners, target: Path) -> None:
    """Write what belongs into the bill: names of libraries, what is in them, system packages."""
    parts = {
        "libraries": {library.name: _inside(library) for library in owned.libraries},
        "components": [
            _component("Python", platform.python_version(), "generic/python"),
            *(
                _component(name.partition(":")[0], version, f"deb/debian/{name.partition(':')[0]}")
                for name, version in owned.packages.items()
            ),
        ],
    }
    target.write_text(json.dumps(parts), encoding="utf-8")


def _component(name: str, version: str, kind: str) -> dict[str, Any]:
    purl = f"pkg:{kind}@{version.replace('+', '%2B').replace(':', '%3A')}"
    return {"type": "library", "name": name, "version": version, "purl": purl, "bom-ref": purl}


def _inside(library: Distribution) -> list[dict[str, Any]]:
    """What a library's own bills say is in it: the parts that were compiled into its files."""
    parts = {}
    for file in library.files or ():
        if "sboms" in file.parts and file.suffix == ".json":
            bill = json.loads(file.read_text(encoding="utf-8"))
            for component in bill.get("components", []):
                part = {name: component[name] for name in _KEPT if name in component}
                parts[json.dumps(part, sort_keys=True)] = part
    return [parts[key] for key in sorted(parts)]


if __name__ == "__main__":
    _owned = owners.owners(Path(sys.argv[1]), ROOT)
    write_licences(_owned, Path(sys.argv[2]))
    write_parts(_owned, Path(sys.argv[3]))
