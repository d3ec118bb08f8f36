"""Packs a bundle for macOS: the .app in an archive. It was never run on a real machine."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

_ENTITLEMENTS = Path(__file__).resolve().parents[1] / "macos" / "entitlements.plist"


def pack(bundle: Path, name: Path, _version: str, _epoch: int, _python: Path) -> Iterator[Path]:
    """Sign the .app and put it into an archive.

    ``EVIDENCE_APP_IDENTITY`` names the certificate; without it the signature vouches for nobody,
    but Apple's processors start nothing that has none. ``EVIDENCE_APP_NOTARY`` names a profile of
    notarytool: with it the archive is sent to Apple.
    """
    identity = os.environ.get("EVIDENCE_APP_IDENTITY", "-")
    options = ["--force", "--deep", "--options", "runtime", "--entitlements", str(_ENTITLEMENTS)]
    subprocess.run(["codesign", *options, "--sign", identity, str(bundle)], check=True)
    archive = name.with_name(name.name + ".zip")
    _press(bundle, archive)
    profile = os.environ.get("EVIDENCE_APP_NOTARY")
    if profile:
        sending = ["notarytool", "submit", "--wait", "--keychain-profile", profile, str(archive)]
        subprocess.run(["xcrun", *sending], check=True)
        subprocess.run(["xcrun", "stapler", "staple", str(bundle)], check=True)
        _press(bundle, archive)
    yield archive


def _press(bundle: Path, archive: Path) -> None:
    subprocess.run(["ditto", "-c", "-k", "--keepParent", str(bundle), str(archive)], check=True)
