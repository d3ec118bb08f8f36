"""Makes the bill of materials of a bundle, of which CycloneDX's own tools make and check most.

Run by the environment that has them: ``bill.py PYTHON PARTS TARGET``.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).resolve().parents[2]


def bill(python: str, parts: dict[str, Any]) -> dict[str, Any]:
    """The bill of what is in the bundle.

    Args:
        python: The interpreter of the environment that it was made in.
        parts: What `materials` found.
    """
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible"]
    options = ["--pyproject", str(ROOT / "pyproject.toml"), "--of", "JSON", python]
    result = subprocess.run([*command, *options], capture_output=True, check=True)
    document: dict[str, Any] = json.loads(result.stdout)
    inside = {_plain(name): held for name, held in parts["libraries"].items()}
    libraries = [
        component for component in document["components"] if _plain(component["name"]) in inside
    ]
    for library in libraries:
        if held := inside[_plain(library["name"])]:
            library["components"] = held
    document["components"] = libraries + parts["components"]
    present = {component["bom-ref"] for component in document["components"]}
    present.add(document["metadata"]["component"]["bom-ref"])
    document["dependencies"] = [
        {
            **dependency,
            "dependsOn": [ref for ref in dependency.get("dependsOn", []) if ref in present],
        }
        for dependency in document["dependencies"]
        if dependency["ref"] in present
    ]
    return document


def _plain(name: str) -> str:
    """A library's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def main(python: str, parts: str, target: str) -> None:
    """Write the bill, if it is one that CycloneDX's schema allows."""
    made = bill(python, json.loads(Path(parts).read_text(encoding="utf-8")))
    text = json.dumps(made, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    version = SchemaVersion.from_version(made["specVersion"])
    if error := JsonStrictValidator(version).validate_str(text):
        sys.exit(f"The bill of materials is not valid: {error.data}")
    Path(target).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
