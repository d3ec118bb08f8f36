"""Tricks with the form of packages: each is refused, and named."""

import io
import os
import shutil
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from package_tools import (
    Archive,
    Record,
    archive_of,
    files_of,
    public_of,
    with_new_lists,
    write_list,
)

from evidence_app.casefile.custody import signing
from evidence_app.dossier.package import archive_form, layout
from evidence_app.dossier.package.faults import Fault
from evidence_app.dossier.package.places import ZipPlace
from evidence_app.model.case import Jurisdiction
from evidence_app.model.verification import MismatchKind
from evidence_app.services import cases
from evidence_app.services.exporting import exports, package_verification
from evidence_app.services.importing.importer import Importer

DOSSIER = b"top/data/dossier.pdf"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the data folder of its signer, and a package that is copied for each trick."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(folder / "home"))
        new = cases.create(
            folder / "a.evcase", title="a", timezone="UTC", jurisdiction=Jurisdiction.CHINA
        )
        with new as case, Importer(case) as importer:
            importer.run_bytes("短信.txt", "一句话".encode())
            exports.package(case, folder / "package", exports.DossierOptions(language="en"))
    return folder


@pytest.fixture
def package(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVIDENCE_APP_HOME", str(made / "home"))
    return Path(shutil.copytree(made / "package", tmp_path / "package"))


def reported(path: Path) -> set[str]:
    """What is told of a package: words, and the names of the kinds."""
    mismatches = package_verification.verify(path).mismatches
    return {mismatch.found for mismatch in mismatches} | {
        mismatch.kind.value for mismatch in mismatches
    }


# --- in a folder ---------------------------------------------------------------------------------


def plant(*names: str) -> Callable[[Path], None]:
    def trick(package: Path) -> None:
        for name in names:
            (package / name).parent.mkdir(parents=True, exist_ok=True)
            (package / name).write_bytes(b"planted")

    return trick


def plant_and_sign(*names: str) -> Callable[[Path], None]:
    """As somebody does who has the key: the lists have the new file, and are signed."""

    def trick(package: Path) -> None:
        plant(*names)(package)
        with_new_lists(package, signing.installation_key())

    return trick


def rewrite(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """Change a file, and let the lists that have it fit again."""

    def trick(package: Path) -> None:
        path = package / name
        path.write_bytes(change(path.read_bytes()))
        if name not in (layout.SIGNED, layout.SIGNATURE, layout.PUBLIC_KEY):
            digests = {
                name: data for name, data in files_of(package).items() if name in layout.TAGS
            }
            write_list(package / layout.SIGNED, "sha256", digests)
        listed = (package / layout.SIGNED).read_bytes()
        signature = signing.installation_key().sign_bytes(listed)
        (package / layout.SIGNATURE).write_bytes(signature)

    return trick


def link_to_file(package: Path) -> None:
    path = package / layout.DOSSIER
    shutil.move(path, package.parent / "elsewhere.pdf")
    path.symlink_to(package.parent / "elsewhere.pdf")


def link_to_folder(package: Path) -> None:
    shutil.move(package / "data" / "tables", package.parent / "tables")
    (package / "data" / "tables").symlink_to(package.parent / "tables")


def linked_list(package: Path) -> None:
    path = package / layout.SIGNED
    shutil.move(path, package.parent / "list.txt")
    path.symlink_to(package.parent / "list.txt")


def pipe(package: Path) -> None:
    (package / layout.README).unlink()
    os.mkfifo(package / layout.README)


def socket(package: Path) -> None:
    import socket as sockets

    with sockets.socket(sockets.AF_UNIX) as unix_socket:
        folder = os.open(package, os.O_RDONLY)
        here = os.open(".", os.O_RDONLY)
        os.fchdir(folder)
        try:
            unix_socket.bind("data/s")
        finally:
            os.fchdir(here)
            os.close(folder)
            os.close(here)


def second_name(package: Path) -> None:
    os.link(package / layout.DOSSIER, package.parent / "same.pdf")


def deep(package: Path) -> None:
    (package / "/".join(["data"] * 300)).mkdir(parents=True)


def other_forms(package: Path) -> None:
    for form in ("NFC", "NFD"):
        plant(f"data/{unicodedata.normalize(form, 'é')}.txt")(package)


def sparse(package: Path) -> None:
    with (package / "data" / "large.bin").open("wb") as file:
        for size in (1 << 43, 1 << 42, 3 << 40):
            try:
                file.truncate(size)
                return
            except OSError:
                continue  # Some file systems end before.
    pytest.skip("this file system has no large files")


NOT_LISTED = MismatchKind.FILE_NOT_LISTED.value
FORM = MismatchKind.PACKAGE_FORM.value
FOLDER_TRICKS: dict[str, tuple[Callable[[Path], None], str]] = {
    "signed_list_beside": (plant("tagmanifest-evil.pdf"), NOT_LISTED),
    "folder_called_list": (plant("tagmanifest-x/dossier.pdf"), NOT_LISTED),
    "second_tag_list": (plant("tagmanifest-sha512.txt"), NOT_LISTED),
    "tag_list_with_another_ending": (plant("tagmanifest-sha256.txt.exe"), NOT_LISTED),
    "md5_list": (plant("manifest-md5.txt"), NOT_LISTED),
    "sha1_list": (plant("manifest-sha1.txt"), NOT_LISTED),
    "md5_list_signed": (plant_and_sign("manifest-md5.txt"), Fault.NO_PART),
    "fetch": (plant("fetch.txt"), NOT_LISTED),
    "fetch_signed": (plant_and_sign("fetch.txt"), Fault.NO_PART),
    "program_signed": (plant_and_sign("open-me.desktop"), Fault.NO_PART),
    "signature_beside": (plant("signature/key2.pem"), NOT_LISTED),
    "hidden_file": (plant(".DS_Store"), NOT_LISTED),
    "hidden_in_payload": (plant("data/originals/.x"), NOT_LISTED),
    "payload": (plant("data/planted.txt"), NOT_LISTED),
    "timestamp": (plant("data/custody/timestamps/s9/entry-1.tsr"), NOT_LISTED),
    "case_in_folder": (plant_and_sign("Data/dossier.pdf"), Fault.LOOKALIKE),
    "case_in_name": (plant_and_sign("data/DOSSIER.pdf"), Fault.LOOKALIKE),
    "forms_of_letters": (other_forms, Fault.TWICE),
    "wide_letters": (plant_and_sign("data/ｄossier.pdf"), Fault.LOOKALIKE),
    "backslash": (plant_and_sign("data\\dossier.pdf"), Fault.NAME),
    "drive": (plant_and_sign("C:evil.txt"), Fault.ESCAPING),
    "turned_letters": (plant_and_sign("data/\u202efdp.exe"), Fault.NAME),
    "line_end_in_name": (plant_and_sign("data/a\nb"), Fault.NAME),
    "percent_in_name": (plant_and_sign("data/%0A"), Fault.NAME),
    "ends_with_dot": (plant_and_sign("data/a."), Fault.NAME),
    "ends_with_blank": (plant_and_sign("data/a "), Fault.NAME),
    "link_to_file": (link_to_file, Fault.LINK),
    "link_to_folder": (link_to_folder, Fault.LINK),
    "link_as_list": (linked_list, Fault.LINK),
    "loop": (lambda package: (package / "data" / "x").symlink_to(package), Fault.LINK),
    "link_to_nothing": (lambda package: (package / "x").symlink_to("/nowhere"), Fault.LINK),
    "pipe": (pipe, Fault.SPECIAL),
    "socket": (socket, Fault.SPECIAL),
    "second_name": (second_name, Fault.HARD_LINK),
    "empty_folder": (lambda package: (package / "data" / "x").mkdir(), Fault.EMPTY_FOLDER),
    "deep_folders": (deep, Fault.TOO_DEEP),
    "very_large_file": (sparse, Fault.TOO_LARGE),
    "another_version": (
        rewrite(layout.DECLARATION, lambda old: old.replace(b"1.0", b"0.97")),
        FORM,
    ),
    "other_line_ends": (
        rewrite(layout.DECLARATION, lambda old: old.replace(b"\n", b"\r\n")),
        FORM,
    ),
    "mark_before_list": (rewrite(layout.SIGNED, lambda old: b"\xef\xbb\xbf" + old), FORM),
    "line_twice": (rewrite(layout.manifest("sha256"), lambda old: old + old[:100]), FORM),
    "tag_in_payload_list": (
        rewrite(layout.manifest("sha256"), lambda old: old + b"0" * 64 + b"  README.txt\n"),
        FORM,
    ),
    "line_that_is_none": (rewrite(layout.manifest("sha512"), lambda old: old + b"evil\n"), FORM),
    "star_before_name": (rewrite(layout.SIGNED, lambda old: old.replace(b"  ", b" *")), FORM),
    "folder_in_list": (
        rewrite(layout.manifest("sha256"), lambda old: old + b"0" * 64 + b"  data/../x\n"),
        MismatchKind.FILE_MISSING.value,
    ),
    "unknown_label": (rewrite(layout.INFO, lambda old: old + b"Court-Seal: genuine\n"), FORM),
    "label_twice": (rewrite(layout.INFO, lambda old: old + b"Bagging-Date: 2020-01-01\n"), FORM),
    "other_sums": (rewrite(layout.INFO, lambda old: old.replace(b"Oxum: ", b"Oxum: 1")), FORM),
    "other_key_in_info": (
        rewrite(
            layout.INFO,
            lambda old: old.replace(public_of(signing.installation_key()).encode(), b"0" * 64),
        ),
        FORM,
    ),
}


@pytest.mark.parametrize("name", FOLDER_TRICKS)
def test_a_trick_in_a_folder_is_found(package: Path, name: str) -> None:
    trick, expected = FOLDER_TRICKS[name]
    assert package_verification.verify(package).mismatches == ()
    trick(package)
    assert str(expected) in reported(package)


# --- in a ZIP file -------------------------------------------------------------------------------


def record(archive: Archive, name: bytes = DOSSIER) -> Record:
    return next(archived for archived in archive.records if archived.name == name)


def add(name: bytes, data: bytes = b"planted", **more: object) -> Callable[[Archive], None]:
    def trick(archive: Archive) -> None:
        archive.records.append(Record(name, data, **more))  # type: ignore[arg-type]

    return trick


def spoil(**changes: object) -> Callable[[Archive], None]:
    def trick(archive: Archive) -> None:
        for name, value in changes.items():
            setattr(record(archive), name, value)

    return trick


def spoil_all(**changes: object) -> Callable[[Archive], None]:
    def trick(archive: Archive) -> None:
        for name, value in changes.items():
            setattr(archive, name, value)

    return trick


def packed(archive: Archive) -> None:
    archived = record(archive)
    size, crc = len(archived.data), zlib.crc32(archived.data)
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    archived.data = packing.compress(archived.data) + packing.flush()
    header = {"method": 8, "packed": len(archived.data), "size": size, "crc": crc}
    archived.local, archived.entry, archived.local_extra = dict(header), dict(header), b""


def second_record(archive: Archive) -> None:
    """Another dossier in the gap before the listed one, found by programs that read in order."""
    at = archive.records.index(record(archive))
    archive.records.insert(at, Record(DOSSIER, b"%PDF other", has_entry=False))


def twice(archive: Archive) -> None:
    archive.records.insert(0, Record(DOSSIER, b"%PDF other"))


def shared(archive: Archive) -> None:
    """Two entries for one record, as bombs that overlap have."""
    first = record(archive)
    position = archive.to_bytes().index(b"PK\3\4", 1)
    archive.records.append(Record(b"top/data/copy", first.data, has_local=False, moved_to=position))


def no_entry(archive: Archive) -> None:
    record(archive).has_entry = False


def no_record(archive: Archive) -> None:
    record(archive).has_local = False


def swapped(archive: Archive) -> None:
    first, second = archive.records[:2]
    first.local_name, second.local_name = second.name, first.name


def order(archive: Archive) -> None:
    """The directory in another order than the files."""
    positions, at = {}, 0
    for archived in archive.records:
        positions[archived.name] = at
        at += 50 + len(archived.name) + len(archived.data)
    last = Record(archive.records[-1].name, archive.records[-1].data, has_local=False)
    last.moved_to = positions[last.name]
    archive.records[-1].has_entry = False
    archive.records.insert(0, last)


def descriptor(archive: Archive) -> None:
    archived = record(archive)
    size = len(archived.data)
    archived.local, archived.entry = {"flags": 8, "crc": 0}, {"flags": 8}
    archived.after = struct.pack("<4sL2Q", b"PK\7\10", zlib.crc32(archived.data), size, size)


def zip64_entry(archive: Archive) -> None:
    archived = record(archive)
    size, most = len(archived.data), 0xFFFFFFFF
    archived.entry, archived.entry_extra = (
        {"packed": most, "size": most},
        struct.pack("<2H2Q", 1, 16, size, size),
    )


def bomb(archive: Archive) -> None:
    archived, most = record(archive), 0xFFFFFFFF
    size = 1 << 60
    archived.entry, archived.entry_extra = (
        {"packed": most, "size": most},
        struct.pack("<2H2Q", 1, 16, size, size),
    )


def many(archive: Archive) -> None:
    archive.end, archive.end64 = {"count": 0xFFFF, "here": 0xFFFF}, True
    archive.records += [Record(b"", b"", has_local=False, moved_to=0) for _ in range(250_001)]


def unicode_path(name: bytes) -> bytes:
    other = b"top/data/evil.pdf"
    return struct.pack("<2HBL", 0x7075, 5 + len(other), 1, zlib.crc32(name)) + other


ATTRIBUTES = {
    "link": (0o120777, Fault.LINK),
    "device": (0o060644, Fault.SPECIAL),
    "pipe": (0o010644, Fault.SPECIAL),
    "folder": (0o040755, Fault.FOLDER),
    "program": (0o100755, Fault.ATTRIBUTES),
    "set_uid": (0o104755, Fault.ATTRIBUTES),
}
ZIP_TRICKS: dict[str, tuple[Callable[[Archive], None], str]] = {
    "comment": (spoil_all(comment=b"evil"), Fault.COMMENT),
    "empty_looking_comment": (spoil_all(comment=b"\0"), Fault.COMMENT),
    "comment_of_a_file": (spoil(comment=b"evil"), Fault.COMMENT),
    "bytes_before": (spoil_all(before=b"#!/bin/sh\n"), Fault.BETWEEN),
    "bytes_after": (spoil_all(after=b"evil"), Fault.AFTER_END),
    "bytes_between": (spoil(before=b"evil"), Fault.BETWEEN),
    "bytes_behind_a_file": (spoil(after=b"evil"), Fault.BETWEEN),
    "bytes_before_directory": (spoil_all(before_entries=b"evil"), Fault.BETWEEN),
    "bytes_behind_directory": (spoil_all(after_entries=b"evil"), Fault.BETWEEN),
    "second_archive_before": (
        lambda archive: setattr(archive, "before", archive.to_bytes()),
        Fault.BETWEEN,
    ),
    "second_archive_behind": (
        lambda archive: setattr(archive, "after", archive.to_bytes()[-500:-3]),
        Fault.AFTER_END,
    ),
    "second_record": (second_record, Fault.BETWEEN),
    "record_without_entry": (no_entry, Fault.BETWEEN),
    "entry_without_record": (no_record, Fault.OTHER_RECORD),
    "records_that_are_shared": (shared, Fault.BETWEEN),
    "other_order": (order, Fault.BETWEEN),
    "other_name_in_record": (spoil(local_name=b"top/data/dossier.exe"), Fault.OTHER_RECORD),
    "longer_name_in_record": (spoil(local_name=DOSSIER + b".exe"), Fault.OTHER_RECORD),
    "names_swapped": (swapped, Fault.OTHER_RECORD),
    "other_size_in_record": (
        spoil(local_extra=struct.pack("<2H2Q", 1, 16, 3, 3)),
        Fault.OTHER_RECORD,
    ),
    "other_flags_in_record": (spoil(local={"flags": 1}), Fault.OTHER_RECORD),
    "other_method_in_record": (spoil(local={"method": 8}), Fault.OTHER_RECORD),
    "other_sum_in_record": (spoil(local={"crc": 1}), Fault.OTHER_RECORD),
    "other_date_in_record": (spoil(local={"date": 1}), Fault.OTHER_RECORD),
    "field_in_record": (
        spoil(local_extra=struct.pack("<2H2Q4s", 1, 16, 3, 3, b"\xfe\xca\0\0")),
        Fault.OTHER_RECORD,
    ),
    "field_in_entry": (spoil(entry_extra=b"\xfe\xca\4\0evil"), Fault.EXTRA_FIELD),
    "other_name_in_field": (spoil(entry_extra=unicode_path(DOSSIER)), Fault.EXTRA_FIELD),
    "large_numbers_without_need": (zip64_entry, Fault.EXTRA_FIELD),
    "declared_exabyte": (bomb, Fault.OTHER_RECORD),
    "sizes_that_differ": (spoil(entry={"size": 1}), Fault.SIZES),
    "wrong_sum": (spoil(entry={"crc": 1}, local={"crc": 1}), "unreadable"),
    "packed_file": (packed, Fault.COMPRESSED),
    "encrypted": (spoil(entry={"flags": 1}, local={"flags": 1}), Fault.ENCRYPTED),
    "strongly_encrypted": (spoil(entry={"flags": 0x41}, local={"flags": 0x41}), Fault.ENCRYPTED),
    "masked_directory": (spoil(entry={"flags": 0x2000}), Fault.ENCRYPTED),
    "sizes_behind": (descriptor, Fault.DESCRIPTOR),
    "flag_of_utf8": (spoil(entry={"flags": 0x800}, local={"flags": 0x800}), Fault.FLAGS),
    "other_system": (spoil(entry={"made": 45}), Fault.OTHER_FORM),
    "other_version": (spoil(entry={"version": 20}), Fault.OTHER_FORM),
    "text_mark": (spoil(entry={"internal": 1}), Fault.OTHER_FORM),
    "other_date": (spoil(entry={"date": 1}, local={"date": 1}), Fault.OTHER_FORM),
    "volume_of_a_file": (spoil(entry={"disk": 1}), Fault.SEVERAL_VOLUMES),
    "volumes": (spoil_all(end={"disk": 1, "first": 1}), Fault.SEVERAL_VOLUMES),
    "fewer_here": (spoil_all(end={"here": 1}), Fault.SEVERAL_VOLUMES),
    "fewer_counted": (spoil_all(end={"here": 3, "count": 3}), Fault.NOT_LISTED_RECORD),
    "more_counted": (spoil_all(end={"here": 99, "count": 99}), Fault.NOT_LISTED_RECORD),
    "other_start": (spoil_all(end={"start": 0}), Fault.BETWEEN),
    "large_end_without_need": (spoil_all(end64=True), Fault.BETWEEN),
    "four_gigabytes_of_entries": (spoil_all(end={"size": 0xFFFFFFFE}), "no package"),
    "a_quarter_of_a_million_entries": (many, Fault.TOO_MANY),
    "folder_entry": (add(b"top/data/empty/", b""), Fault.FOLDER),
    "folder_entry_with_bytes": (add(b"top/data/", b"evil"), Fault.FOLDER),
    "file_twice": (twice, Fault.TWICE),
    "file_beside": (add(b"beside.txt"), Fault.OUTSIDE),
    "second_folder": (add(b"other/data/dossier.pdf"), Fault.OUTSIDE),
    "up": (add(b"top/../../evil"), Fault.ESCAPING),
    "up_beside": (add(b"../evil"), Fault.ESCAPING),
    "absolute": (add(b"/etc/evil"), Fault.ESCAPING),
    "drive": (add(b"C:/evil"), Fault.ESCAPING),
    "here": (add(b"top/./data/dossier.pdf"), Fault.ESCAPING),
    "backslashes": (add(b"top\\data\\dossier.pdf"), Fault.NAME),
    "backslash_within": (add(b"top/data\\evil"), Fault.NAME),
    "two_slashes": (add(b"top//evil"), Fault.ESCAPING),
    "null_in_name": (add(b"top/data/dossier.pdf\0.txt"), Fault.NAME),
    "no_utf8": (add(b"top/\xff"), Fault.NAME),
    "other_case": (add(b"top/data/Dossier.PDF"), Fault.LOOKALIKE),
    "other_case_of_folder": (add(b"top/DATA/evil"), Fault.LOOKALIKE),
    "letters_apart": (add(unicodedata.normalize("NFD", "top/data/é").encode()), Fault.NAME),
    "file_as_folder": (add(b"top/data"), Fault.LOOKALIKE),
    "folder_as_file": (add(DOSSIER + b"/evil"), Fault.LOOKALIKE),
    "list_beside": (add(b"top/tagmanifest-evil.pdf"), NOT_LISTED),
    "md5_list": (add(b"top/manifest-md5.txt"), NOT_LISTED),
    **{
        f"rights_{name}": (spoil(entry={"attributes": mode << 16}), fault)
        for name, (mode, fault) in ATTRIBUTES.items()
    },
    "attribute_of_dos": (spoil(entry={"attributes": 0o644 << 16 | 0x10}), Fault.ATTRIBUTES),
}


@pytest.mark.parametrize("name", ZIP_TRICKS)
def test_a_trick_in_a_zip_is_found(package: Path, tmp_path: Path, name: str) -> None:
    trick, expected = ZIP_TRICKS[name]
    archive, out = archive_of(package), tmp_path / "a.zip"
    out.write_bytes(archive.to_bytes())
    assert package_verification.verify(out).mismatches == ()
    trick(archive)
    out.write_bytes(archive.to_bytes())
    if expected == "no package":
        assert not package_verification.is_package(out)
    else:
        assert str(expected) in reported(out)


def test_the_archive_of_these_tests_is_the_one_that_is_written(package: Path) -> None:
    """Else the tricks would be found for another reason."""
    ours = archive_of(package)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        place = ZipPlace(archive, "top")
        for archived in ours.records:
            with place.create(archived.name.decode().removeprefix("top/")) as file:
                file.write(archived.data)
    [first, *_] = zipfile.ZipFile(made).infolist()
    year, month, day, hour, minute, second = first.date_time
    ours.stamp = (
        hour << 11 | minute << 5 | second // 2,
        (year - 1980) << 9 | month << 5 | day,
    )
    assert ours.to_bytes() == made.getvalue()


def test_each_bit_that_flips_in_the_structure_is_found(package: Path, tmp_path: Path) -> None:
    archive = archive_of(package)
    archive_bytes = archive.to_bytes()
    structure = set(range(len(archive_bytes)))
    members = archive_form.read(io.BytesIO(archive_bytes))
    for member in members:
        structure -= set(range(member.start, member.start + member.size))
    assert len(structure) > 500
    for place in sorted(structure)[:: max(1, len(structure) // 700)]:
        spoilt = bytearray(archive_bytes)
        spoilt[place] ^= 1 << place % 8
        try:
            read_members = archive_form.read(io.BytesIO(spoilt))
        except archive_form.FormError:
            continue
        # A name that is changed in both places would be another package; one bit changes one.
        assert read_members != members, place


def test_a_link_to_a_package_is_followed_because_the_person_names_it(
    package: Path, tmp_path: Path
) -> None:
    out = tmp_path / "a.zip"
    out.write_bytes(archive_of(package).to_bytes())
    (tmp_path / "b.zip").symlink_to(out)
    (tmp_path / "linked").symlink_to(package)
    assert reported(tmp_path / "b.zip") == set()
    assert reported(tmp_path / "linked") == set()
    os.mkfifo(tmp_path / "pipe")
    assert not package_verification.is_package(tmp_path / "pipe")
