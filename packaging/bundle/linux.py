"""Packs a bundle for Linux: a Debian package, and an archive that each person can install."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from bundle import libraries
from bundle.contents import ID

ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
TYPE_ICON = "application-vnd.evidence-app.case+sqlite3"
_HERE = Path(__file__).resolve().parents[1] / "linux"
_ROOT = _HERE.parents[1]
_MAINTAINER = "The Evidence App team <evidence-app@localhost.localdomain>"
_BESIDE = ("desktop-file-utils", "hicolor-icon-theme", "shared-mime-info")
"""What puts the entry into menus and lets cases be recognised."""


def pack(bundle: Path, name: Path, version: str, epoch: int, _python: Path) -> Iterator[Path]:
    """Make both packages.

    Args:
        bundle: The folder with the program.
        name: Where they are to lie, without an ending.
        version: The version of the program.
        epoch: Seconds since 1970 that all files in them are given.
    """
    icons = _ROOT / "build" / "icons"
    yield debian_package(bundle, icons, name.with_name(name.name + ".deb"), version, epoch)
    yield archive(bundle, icons, name.with_name(name.name + ".tar.zst"), epoch)


def share(icons: Path, target: Path) -> None:
    """Put what desktops read under a ``share`` folder.

    Args:
        icons: The icon as pictures, named by their sizes.
        target: The ``share`` folder.
    """
    source = _ROOT / "resources" / "icons" / "app.svg"
    _copy(_HERE / f"{ID}.desktop", target / "applications" / f"{ID}.desktop")
    _copy(_HERE / f"{ID}.metainfo.xml", target / "metainfo" / f"{ID}.metainfo.xml")
    _copy(_HERE / "evidence-app.mime.xml", target / "mime" / "packages" / "evidence-app.xml")
    hicolor = target / "icons" / "hicolor"
    _copy(_HERE / f"{ID}-symbolic.svg", hicolor / "symbolic" / "apps" / f"{ID}-symbolic.svg")
    for folder, icon in (("apps", ID), ("mimetypes", TYPE_ICON)):
        _copy(source, hicolor / "scalable" / folder / f"{icon}.svg")
        for size in ICON_SIZES:
            _copy(icons / f"{size}.png", hicolor / f"{size}x{size}" / folder / f"{icon}.png")


def debian_package(bundle: Path, icons: Path, target: Path, version: str, epoch: int) -> Path:
    """Make the Debian package."""
    tree = _fresh("deb")
    program = tree / "usr" / "lib" / "evidence-app"
    shutil.copytree(bundle, program, symlinks=True)
    commands = tree / "usr" / "bin"
    commands.mkdir(parents=True)
    (commands / "evidence-app").symlink_to("../lib/evidence-app/evidence-app")
    share(icons, tree / "usr" / "share")
    _copy(_HERE / "lintian-overrides", tree / "usr/share/lintian/overrides/evidence-app")
    _documents(tree / "usr" / "share", version, epoch)
    control = tree / "DEBIAN"
    control.mkdir()
    files = [path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink()]
    sums = [f"{_md5(path)}  {path.relative_to(tree).as_posix()}\n" for path in files]
    (control / "md5sums").write_text("".join(sums), encoding="utf-8")
    size = sum(path.stat().st_size for path in files)
    (control / "control").write_text(_control(bundle, version, size), encoding="utf-8")
    _settle(tree, epoch)
    options = ["--root-owner-group", "-Zxz", "--threads-max=1"]
    subprocess.run(["dpkg-deb", *options, "--build", str(tree), str(target)], check=True)
    return target


def archive(bundle: Path, icons: Path, target: Path, epoch: int) -> Path:
    """Make the archive with the program and a script that installs it for one person."""
    tree = _fresh("archive")
    root = tree / target.name.removesuffix(".tar.zst")
    shutil.copytree(bundle, root / "program", symlinks=True)
    share(icons, root / "share")
    for name in ("install.sh", "uninstall.sh"):
        _copy(_HERE / name, root / name)
    _settle(tree, epoch)
    for name in ("install.sh", "uninstall.sh"):
        (root / name).chmod(0o755)
    form = ["--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--format=gnu"]
    # One thread: how the work is divided would show in the bytes.
    press = "--use-compress-program=zstd -19 --single-thread --quiet"
    where = ["-C", str(tree), "-cf", str(target), root.name]
    subprocess.run(["tar", *form, f"--mtime=@{epoch}", press, *where], check=True)
    return target


def _documents(share_folder: Path, version: str, epoch: int) -> None:
    documents = share_folder / "doc" / "evidence-app"
    documents.mkdir(parents=True)
    _copy(_HERE / "copyright", documents / "copyright")
    when = format_datetime(datetime.fromtimestamp(epoch, UTC))
    entry = (
        f"evidence-app ({version}) stable; urgency=medium\n\n"
        f"  * What is new stands in\n    /usr/share/metainfo/{ID}.metainfo.xml.\n\n"
        f" -- {_MAINTAINER}  {when}\n"
    )
    _press(entry.encode(), documents / "changelog.gz")
    manual = share_folder / "man" / "man1" / "evidence-app.1.gz"
    manual.parent.mkdir(parents=True)
    _press((_HERE / "evidence-app.1").read_bytes(), manual)


def _control(bundle: Path, version: str, size: int) -> str:
    result = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    )
    needed = ", ".join([*libraries.depends(bundle), *_BESIDE])
    return (
        "Package: evidence-app\n"
        f"Version: {version}\n"
        f"Architecture: {result.stdout.strip()}\n"
        f"Maintainer: {_MAINTAINER}\n"
        f"Installed-Size: {size // 1024}\n"
        f"Depends: {needed}\n"
        "Recommends: xdg-utils\n"
        "Section: misc\n"
        "Priority: optional\n"
        "Description: organize evidence of debt-collection harassment\n"
        " Puts screenshots, call logs, recordings, chats, e-mails and PDFs into one case\n"
        " file, shows them on one timeline, and exports a report that others can check.\n"
        " Everything stays on this computer. In English and Simplified Chinese.\n"
    )


def _settle(tree: Path, epoch: int) -> None:
    """Give all files the same time, and the rights that files of a package have."""
    for path in [*tree.rglob("*"), tree]:
        if path.is_symlink():
            os.utime(path, (epoch, epoch), follow_symlinks=False)
            continue
        is_program = path.is_dir() or (path.name == "evidence-app" and libraries.is_elf(path))
        path.chmod(0o755 if is_program else 0o644)
        os.utime(path, (epoch, epoch))


def _press(data: bytes, target: Path) -> None:
    target.write_bytes(gzip.compress(data, 9, mtime=0))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _fresh(name: str) -> Path:
    tree = _ROOT / "build" / "trees" / name
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir(parents=True)
    return tree


def _md5(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "md5").hexdigest()
