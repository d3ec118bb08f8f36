"""The means to answer questions about what stands in tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from evidence_app.model.question import DurationUnit

_EXAMPLES = 3
_YEARS = 10


class AnswerField(QWidget):
    """What an answer is given with."""

    def value(self) -> Any:
        """The answer as `services.questions.answer` takes it; empty if there is none yet."""
        raise NotImplementedError

    def _column(self) -> QVBoxLayout:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        return column


class WordsField(AnswerField):
    """What words, or rows without one, say of who called."""

    def __init__(self, detail: Mapping[str, Any], parent: QWidget | None = None) -> None:
        """Make a choice for each word.

        Args:
            detail: That of the question: ``words``.
            parent: Qt's parent.
        """
        super().__init__(parent)
        self.choices: dict[str, QComboBox] = {}
        column = self._column()
        for listed in detail.get("words", ()):
            word, count = str(listed["word"]), int(listed["count"])
            name = self.tr("“{0}”").format(word) if word else self.tr("Rows without such a word")
            rows = [str(row) for row in listed["rows"][:_EXAMPLES]]
            heading = f"{name} · " + self.tr("%n row(s), for example:", "", count)
            label = QLabel("\n".join([heading, *rows]))
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            box = QComboBox()
            for code, text in self._meanings().items():
                box.addItem(text, code)
            box.setAccessibleName(self.tr("What this means: {0}").format(name))
            label.setBuddy(box)
            column.addWidget(label)
            column.addWidget(box)
            self.choices[word] = box

    def _meanings(self) -> dict[str, str]:
        return {
            "": self.tr("Please choose"),
            "incoming": self.tr("They called me"),
            "outgoing": self.tr("I called them"),
            "missed": self.tr("They called, I did not answer"),
            "rejected": self.tr("They called, I declined"),
            "blocked": self.tr("They called, my phone blocked it"),
            "voicemail": self.tr("They left a voice message"),
            "answered": self.tr("The call was answered"),
            "unanswered": self.tr("The call was not answered"),
            "nothing": self.tr("It does not say who called"),
        }

    def value(self) -> dict[str, str]:
        """The meaning of each word; empty until all are chosen."""
        chosen = {word: str(box.currentData()) for word, box in self.choices.items()}
        return chosen if all(chosen.values()) else {}


class ChoiceField(AnswerField):
    """One of several, each with what it would mean."""

    def __init__(self, choices: Mapping[str, str], parent: QWidget | None = None) -> None:
        """Make the choices.

        Args:
            choices: What each is called, by its value.
            parent: Qt's parent.
        """
        super().__init__(parent)
        self.buttons = QButtonGroup(self)
        self._values = list(choices)
        column = self._column()
        for position, text in enumerate(choices.values()):
            button = QRadioButton(text.replace("&", "&&"))
            self.buttons.addButton(button, position)
            column.addWidget(button)

    def value(self) -> str:
        """The value that is chosen."""
        chosen = self.buttons.checkedId()
        return self._values[chosen] if chosen >= 0 else ""


class UnitField(ChoiceField):
    """Whether durations count minutes or seconds, with what some of them would then be."""

    def __init__(self, detail: Mapping[str, Any], parent: QWidget | None = None) -> None:
        """Make the field.

        Args:
            detail: That of the question: ``samples``.
            parent: Qt's parent.
        """
        samples = [str(sample) for sample in detail.get("samples", ())][:_EXAMPLES]
        names = {
            DurationUnit.SECONDS: QCoreApplication.translate("UnitField", "Seconds: {0}"),
            DurationUnit.MINUTES: QCoreApplication.translate("UnitField", "Minutes: {0}"),
        }
        super().__init__(
            {
                unit.value: name.format(", ".join(_meant(sample, unit) for sample in samples))
                for unit, name in names.items()
            },
            parent,
        )


class YearField(ChoiceField):
    """Which year dates without one are from, with the first and the last as they would then be."""

    def __init__(self, detail: Mapping[str, Any], parent: QWidget | None = None) -> None:
        """Make the field.

        Args:
            detail: That of the question: ``samples``.
            parent: Qt's parent.
        """
        newest = datetime.now(UTC).year
        samples = [
            tuple(sample) for sample in detail.get("samples", ()) if isinstance(sample, list)
        ]
        name = QCoreApplication.translate("YearField", "“{0}” is in {1}")
        choices = {}
        for year in range(newest, newest - _YEARS, -1):
            dates = [name.format(written, year - back) for written, back in samples]
            choices[str(year)] = " · ".join(dates) or str(year)
        super().__init__(choices, parent)


class NameField(AnswerField):
    """A name or a number."""

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        """Make the field.

        Args:
            accessible_name: What is asked.
            parent: Qt's parent.
        """
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setAccessibleName(accessible_name)
        self._column().addWidget(self.line)

    def value(self) -> str:
        """What was typed."""
        return self.line.text().strip()


def _meant(written: str, unit: DurationUnit) -> str:
    """A figure, and the duration that it would be."""
    try:
        count = float(written.replace(",", "."))
    except ValueError:
        return written
    seconds = round(count * 60 if unit is DurationUnit.MINUTES else count)
    hours, rest = divmod(seconds, 3600)
    return f"“{written}” = {hours}:{rest // 60:02}:{rest % 60:02}"
