"""Packs a bundle for Windows: an installer by Inno Setup. It was never run on a real machine."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from system_packages import SetUpError

_SCRIPT = Path(__file__).resolve().parents[1] / "windows" / "evidence-app.iss"


def pack(bundle: Path, name: Path, version: str, _epoch: int, _python: Path) -> Iterator[Path]:
    """Make the installer; it is signed if ``EVIDENCE_APP_SIGN`` holds a command for that.

    Raises:
        SetUpError: Inno Setup is missing.
    """
    compiler = shutil.which("iscc")
    if compiler is None:
        raise SetUpError("The installer needs Inno Setup 6: its iscc must be on the PATH.")
    values = {"Version": version, "Bundle": bundle, "Folder": name.parent, "Name": name.name}
    options = [f"/D{key}={value}" for key, value in values.items()]
    sign = os.environ.get("EVIDENCE_APP_SIGN")
    signing = [f"/Ssigntool={sign}", "/DSigned"] if sign else []
    subprocess.run([compiler, "/Q", *options, *signing, str(_SCRIPT)], check=True)
    yield name.with_name(name.name + ".exe")
