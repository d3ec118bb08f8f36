"""Works on a case without end, and reports each thing when it is done; somebody will kill it.

Run as ``python kill_victim.py KIND CASE FOLDER``. Each line that it prints is one JSON object.
"""

import hashlib
import itertools
import json
import os
import random
import shutil
import sys
from pathlib import Path

from evidence_app import scratch
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.services import cases, copies, findings, items, passwords, tags
from evidence_app.services.exporting import exports
from evidence_app.services.exporting.exports import DossierOptions
from evidence_app.services.importing.importer import Importer

SIZE = 2 << 20
MARKER = "plain-marker-of-a-title"
CODE = "threat_of_violence"


def report(**values: object) -> None:
    print(json.dumps(values), flush=True)


def import_files(path: Path, folder: Path) -> None:
    with cases.open_case(path) as case:
        report(ready=True)
        for number in itertools.count():
            data = os.urandom(random.randrange(1, SIZE))
            name = folder / f"{os.getpid()}-{number}.bin"
            name.write_bytes(data)
            with Importer(case) as importer:
                importer.run([name])
            report(imported=hashlib.sha256(data).hexdigest())


def edit(path: Path, folder: Path) -> None:
    with cases.open_case(path) as case:
        report(ready=True, first=f"tag {os.getpid()} 0 note")
        subject = Subject(SubjectKind.ITEM, 1)
        for number in itertools.count():
            name = f"tag {os.getpid()} {number}"
            changes = tags.create(case, name)
            assert changes.tag_id is not None
            tags.add(case, [subject], changes.tag_id)
            report(tag=name)
            items.set_note(case, 1, f"{name} note")
            findings.confirm(case, [subject], CODE)
            report(note=f"{name} note")


def export(path: Path, folder: Path) -> None:
    with cases.open_case(path) as case:
        report(ready=True)
        for number in itertools.count():
            target = folder / f"{os.getpid()}-{number}.pdf"
            exports.dossier(case, target, DossierOptions(language="en", page="a4"))
            report(exported=target.name, sha256=hashlib.sha256(target.read_bytes()).hexdigest())
            target = target.with_suffix("")
            exports.package(case, target, DossierOptions(language="en"))
            report(packed=target.name)
            target = target.with_suffix(".csv")
            exports.table(case, target)
            report(exported=target.name, sha256=hashlib.sha256(target.read_bytes()).hexdigest())


def password(path: Path, folder: Path) -> None:
    """One of two passwords, or none, in turns; what is there now stands in a file."""
    file_passwords = ("", "first words", "other words")
    note = folder / "password"
    now = note.read_text() if note.exists() else ""
    at = file_passwords.index(now)
    report(ready=True, password=now)
    while True:
        at = (at + 1) % len(file_passwords)
        passwords.change_password(path, now or None, file_passwords[at] or None)
        now = file_passwords[at]
        report(password=now)


def migrate(path: Path, folder: Path) -> None:
    """Bring copies of an old case up to date."""
    report(ready=True)
    for number in itertools.count():
        target = folder / f"{os.getpid()}-{number}.evcase"
        shutil.copyfile(path, target)
        report(begun=target.name)
        cases.open_case(target).close()
        report(migrated=target.name)


def copies_and_password(path: Path, folder: Path) -> None:
    """Everything that writes a whole case: kept copies, saved ones, restoring, a password."""
    report(ready=True)
    locked = cases.is_locked(path)
    for number in itertools.count():
        now = "words" if locked else None
        with cases.open_case(path, password=now) as case:
            cases.edit_info(case, title=f"{MARKER} {os.getpid()}-{number}")
            copies.keep(case)
            copies.save_copy(case, folder / f"{os.getpid()}-{number}.evcase")
        [copy, *_] = copies.list_copies(path)
        copies.restore(copy, path, password=now)
        passwords.change_password(path, now, None if locked else "words")
        locked = not locked
        report(locked=locked)


KINDS = {
    "traces": copies_and_password,
    "import": import_files,
    "edit": edit,
    "export": export,
    "password": password,
    "migration": migrate,
}

if __name__ == "__main__":
    with scratch.session():
        KINDS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
