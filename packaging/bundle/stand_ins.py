"""Empty libraries in the place of large ones that must be there, and of which nothing is called.

A library that another one names has to be found when that is loaded, even if what it does is never
wanted: OpenCV names FFmpeg and a library for large matrices, PyAV's FFmpeg names encoders of video.
A stand-in has the name, the versions and the functions that are asked for, and none of the code.
"""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from pathlib import Path

from bundle import libraries
from system_packages import SetUpError

NOTHING, STOP = "return 0;", "__builtin_trap();"
"""What a function of a stand-in does: say that there is nothing, or end the process at once, as no
answer would be right."""

STAND_INS = {
    "av.libs/libx265-*": (NOTHING, "encodes video; FFmpeg asks which depths it knows: none"),
    "av.libs/libSvtAv1Enc-*": (STOP, "encodes video; nothing writes any"),
    "opencv_python_headless.libs/libavcodec-*": (STOP, "OpenCV is given no video"),
    "opencv_python_headless.libs/libavformat-*": (STOP, "OpenCV is given no video"),
    "opencv_python_headless.libs/libavutil-*": (STOP, "OpenCV is given no video"),
    "opencv_python_headless.libs/libswscale-*": (STOP, "OpenCV is given no video"),
    "opencv_python_headless.libs/libavif-*": (STOP, "OpenCV opens no files; Pillow does"),
    "opencv_python_headless.libs/libopenblasp-*": (STOP, "matrices of 25 rows and more; none are"),
}
"""By where a library lies: what its functions do instead, and why nothing calls them."""

_FOLDERS = ("av.libs", "opencv_python_headless.libs")
"""Where libraries lie that are only there for others, which may need them no more."""

_FUNCTIONS = "TWi"
_NEEDED = re.compile(r"NEEDED\s+(\S+)")


def put(bundle: Path) -> None:
    """Put stand-ins into a bundle, and take out what only the real libraries needed.

    Raises:
        SetUpError: One is not there, or something else than a function is asked of it.
    """
    inside = bundle / "_internal"
    paths = {path.relative_to(inside).as_posix(): path for path in libraries.files(inside)}
    replaced: dict[Path, str] = {}
    for pattern, (act, _) in STAND_INS.items():
        matching = [path for name, path in paths.items() if fnmatch(name, pattern)]
        if len(matching) != 1:
            raise SetUpError(f"{pattern} names {len(matching)} libraries in the bundle, not one.")
        replaced[matching[0]] = act
    users = [path for path in paths.values() if path not in replaced]
    symbols = _needed_symbols(users)
    for path, act in replaced.items():
        # Before the first one is gone: what one exports says which names are asked of it.
        _write(path, act, _exported_symbols(path, symbols[path.name]))
    _take_out_unneeded(inside)


def source(names: Iterable[str], act: str) -> str:
    """The functions of a stand-in in C."""
    return "".join(f"long {name}(void) {{ {act} }}\n" for name in sorted(set(names)))


def version_script(versions: Mapping[str, Iterable[str]]) -> str:
    """What tells the linker which name belongs to which version."""
    return "".join(
        f"{version} {{ global: {' '.join(f'{name};' for name in sorted(names))} }};\n"
        for version, names in sorted(versions.items())
    )


def _needed_symbols(users: Iterable[Path]) -> dict[str, set[str]]:
    """The symbols that the files that stay need of each library: ``name`` or ``name@version``."""
    symbols: dict[str, set[str]] = defaultdict(set)
    for path in users:
        undefined = {
            line.split()[-1] for line in _output_of("nm", "-D", "--undefined-only", str(path))
        }
        for name in _needed_by(path):
            symbols[name] |= undefined
    return symbols


def _exported_symbols(path: Path, symbols: set[str]) -> set[str]:
    """Those of the symbols that the library exports.

    Raises:
        SetUpError: Something of it is no function.
    """
    exported = set()
    kinds = {}
    for line in _output_of("nm", "-D", "--defined-only", str(path)):
        _, kind, name = line.split()
        kinds[name.split("@")[0]] = kind
    for symbol in symbols:
        name = symbol.split("@")[0]
        if name in kinds:
            if kinds[name] not in _FUNCTIONS:
                raise SetUpError(f"{name} of {path.name} is no function: nothing can stand in.")
            exported.add(symbol)
    return exported


def _write(path: Path, act: str, symbols: set[str]) -> None:
    versions: dict[str, set[str]] = defaultdict(set)
    for symbol in symbols:
        name, _, version = symbol.partition("@")
        if version:
            versions[version].add(name)
    code, script = path.with_suffix(".c"), path.with_suffix(".map")
    code.write_text(
        source((symbol.split("@")[0] for symbol in symbols), act),
        encoding="ascii",
    )
    script.write_text(version_script(versions), encoding="ascii")
    link = [f"-Wl,-soname,{path.name}", "-Wl,--build-id=none", f"-Wl,--version-script={script}"]
    plain = ["-shared", "-nostdlib", "-fPIC", "-Os", "-s", "-w", "-fno-builtin"]
    command = ["gcc", *plain, *(link if versions else link[:2]), "-o", str(path), str(code)]
    subprocess.run(command, check=True)
    code.unlink()
    script.unlink()


def _take_out_unneeded(inside: Path) -> None:
    while True:
        paths = libraries.files(inside)
        needed = {name for path in paths for name in _needed_by(path)}
        idle = [path for path in paths if path.parent.name in _FOLDERS and path.name not in needed]
        for path in idle:
            path.unlink()
        if not idle:
            break
    for link in inside.rglob("*"):
        if link.is_symlink() and not link.exists():
            link.unlink()


def _needed_by(path: Path) -> list[str]:
    return _NEEDED.findall("\n".join(_output_of("objdump", "-p", str(path))))


def _output_of(*command: str) -> list[str]:
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()
