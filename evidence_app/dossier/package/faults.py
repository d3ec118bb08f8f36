"""What a package must not have, in words that the person is told."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """Why something is not as this program writes packages."""

    COMMENT = "a comment"
    AFTER_END = "bytes after its end"
    BETWEEN = "bytes that belong to no listed file"
    NO_END = "no end of a ZIP file"
    END_RECORD = "an end of another form"
    SEVERAL_VOLUMES = "several volumes"
    TOO_MANY = "more files than can be checked"
    TOO_DEEP = "folders that lie too deep"
    TOO_LARGE = "more bytes than can be checked"
    NOT_LISTED_RECORD = "a list of contents of another form"
    ENCRYPTED = "an encrypted file"
    DESCRIPTOR = "sizes that stand behind the file"
    COMPRESSED = "a packed file"
    EXTRA_FIELD = "an additional field"
    FLAGS = "flags of another form"
    SIZES = "sizes that differ"
    OTHER_RECORD = "a file that says of itself something else than the list of contents"
    OTHER_FORM = "a file that was added in another way"
    LINK = "a link"
    HARD_LINK = "a file that has a second name"
    FOLDER = "a folder as a file"
    EMPTY_FOLDER = "an empty folder"
    SPECIAL = "no ordinary file"
    ATTRIBUTES = "other rights"
    NAME = "a name that not every system can have"
    ESCAPING = "a name that leads out of the package"
    LOOKALIKE = "a name that differs only by case or form from another"
    TWICE = "the same name twice"
    OUTSIDE = "a file outside the folder of the package"
    NO_PART = "no file of a package"
