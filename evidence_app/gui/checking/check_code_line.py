"""The check code of a case as one line: to send to somebody, or to print."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from evidence_app.settings import Settings

_PATH, _CODE, _AT = "path", "code", "at"


@dataclass(frozen=True, slots=True)
class CheckCodeLine:
    """The state in which a case was left.

    Attributes:
        code: The check code.
        at: When the case was left so, in local time, to the minute.
        path: The case; empty for one with a password, whose name nobody is to read.
    """

    code: str
    at: str
    path: str = ""

    @property
    def name(self) -> str:
        """What the file is called; empty for a case with a password."""
        return Path(self.path).stem

    def heading(self) -> str:
        """What the code is of."""
        if not self.name:
            template = QCoreApplication.translate(
                "CheckCodeLine", "Check code of the case with a password, {0}"
            )
            return template.format(self.at)
        template = QCoreApplication.translate("CheckCodeLine", "Check code of “{0}”, {1}")
        return template.format(self.name, self.at)

    def text(self) -> str:
        """All of it in one line, as others get it."""
        return f"Evidence App: {self.heading()}: {self.code}"

    def html(self) -> str:
        """A sheet to print."""
        return (
            f"<h2>Evidence App</h2><p>{escape(self.heading())}</p>"
            f'<p style="font-family:monospace; font-size:13pt">{escape(self.code)}</p>'
            f"<p>{escape(explanation())}</p>"
        )

    def keep(self, chosen: Settings) -> None:
        """Show it again at the next start; one of a case with a password is not kept."""
        if self.path:
            chosen.check_code = {_PATH: self.path, _CODE: self.code, _AT: self.at}


def from_settings(chosen: Settings) -> CheckCodeLine | None:
    """What `CheckCodeLine.keep` kept, until it is forgotten."""
    values = chosen.check_code
    if not {_PATH, _CODE, _AT} <= values.keys():
        return None
    return CheckCodeLine(values[_CODE], values[_AT], values[_PATH])


def explanation() -> str:
    """What it is for, in three sentences."""
    return QCoreApplication.translate(
        "CheckCodeLine",
        "This line stands for the whole history of the case up to now; nobody can read from it "
        "what is in the case. Send it to yourself, a lawyer or a friend, or print it: whoever has "
        "it can see later whether that history is still the same. If you want an independent "
        "service to vouch for the date as well, open the case and choose “Trusted timestamp” in "
        "the Case menu.",
    )
