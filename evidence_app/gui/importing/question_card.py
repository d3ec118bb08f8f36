"""One question about one or several files, with the means to answer it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import PurePath
from typing import Any

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.common.missing_hint import MissingHint
from evidence_app.gui.common.zone_box import ZoneBox
from evidence_app.gui.importing.answer_fields import (
    AnswerField,
    ChoiceField,
    NameField,
    UnitField,
    WordsField,
    YearField,
)
from evidence_app.gui.importing.conversation_parts import ConversationParts
from evidence_app.gui.importing.mapping_dialog import MappingDialog
from evidence_app.model.question import (
    DateOrder,
    OpenQuestion,
    QuestionKind,
    TableMapping,
    mapping_values,
)

_SHOWN_FILES = 3
_NUMBERS = re.compile(r"\d+")


class QuestionCard(QFrame):
    """A question and its answer.

    Signals:
        answered: The questions' numbers, and the answer as `services.questions.answer` takes it.
        help_wanted: The person wants the help page of that name.
    """

    answered = Signal(list, object)
    help_wanted = Signal(str)

    def __init__(
        self, questions: Sequence[OpenQuestion], zone: str, parent: QWidget | None = None
    ) -> None:
        """Make the card.

        Args:
            questions: Questions of one kind that have one answer.
            zone: The case's time zone.
            parent: Qt's parent.
        """
        super().__init__(parent)
        self.asked = list(questions)
        self._zone = zone
        self.kind = questions[0].question.kind
        self._detail = questions[0].question.detail
        self.setFrameShape(QFrame.Shape.StyledPanel)
        heading = QLabel(self._question())
        heading.setWordWrap(True)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        files = QLabel(self._files())
        files.setWordWrap(True)
        files.setTextFormat(Qt.TextFormat.PlainText)
        files.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.button = QPushButton(self.tr("Answer"))
        self.button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(heading)
        column.addWidget(files)
        column.addWidget(self._means())
        if why := self._why():
            reason = QLabel(why)
            reason.setWordWrap(True)
            column.addWidget(reason)
        self.hint = MissingHint(self.button)
        column.addWidget(self.hint)
        column.addLayout(self._acts())
        self.button.clicked.connect(self._answer)

    def _acts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        if self.kind is QuestionKind.MAPPING:
            self.how = QPushButton(self.tr("How do I answer this?"))
            self.how.setFlat(True)
            self.how.setAutoDefault(False)
            self.how.clicked.connect(lambda: self.help_wanted.emit("tables"))
            row.addWidget(self.how)
        row.addStretch(1)
        if self.kind is QuestionKind.CONVERSATION:
            self.refuse = QPushButton(self.tr("It is only a document"))
            self.refuse.setAutoDefault(False)
            self.refuse.clicked.connect(lambda: self._tell("document"))
            row.addWidget(self.refuse)
        row.addWidget(self.button)
        return row

    def _question(self) -> str:
        return {
            QuestionKind.DATE_ORDER: self.tr("What comes first in these dates?"),
            QuestionKind.OWNER: self.tr("Which number or name is yours?"),
            QuestionKind.TIMEZONE: self.tr("Which time zone are these times in?"),
            QuestionKind.MAPPING: self.tr("What do the columns of this table hold?"),
            QuestionKind.PASSWORD: self.tr("What is the password of this file?"),
            QuestionKind.CALL_WORDS: self.tr("Who called in these rows?"),
            QuestionKind.DURATION_UNIT: self.tr("Does this table count minutes or seconds?"),
            QuestionKind.ENCODING: self.tr("Which of these lines can you read?"),
            QuestionKind.CORRESPONDENT: self.tr("With whom was this conversation?"),
            QuestionKind.CONVERSATION: self.tr("Is this a conversation?"),
            QuestionKind.YEAR: self.tr("Which year are these dates from?"),
        }[self.kind]

    def _why(self) -> str:
        return {
            QuestionKind.DATE_ORDER: self.tr(
                "Until then these entries have no time and do not count."
            ),
            QuestionKind.OWNER: self.tr("This decides which calls and messages were incoming."),
            QuestionKind.TIMEZONE: self.tr(
                "Until you say otherwise, the zone of the case is assumed, and shown as such."
            ),
            QuestionKind.MAPPING: "",
            QuestionKind.PASSWORD: self.tr("It is used once and not kept."),
            QuestionKind.CALL_WORDS: self.tr(
                "Until then these calls and messages are neither incoming nor outgoing."
            ),
            QuestionKind.DURATION_UNIT: self.tr("Until then these calls have no duration."),
            QuestionKind.ENCODING: self.tr(
                "The file does not say how its letters are written down. The right line shows."
            ),
            QuestionKind.CORRESPONDENT: self.tr("The file names nobody but, maybe, you."),
            QuestionKind.CONVERSATION: self.tr(
                "As a conversation, each message appears on the timeline. As a document, the file "
                "is kept as one text without a date."
            ),
            QuestionKind.YEAR: self.tr("Until then these entries have no time and do not count."),
        }[self.kind]

    def _files(self) -> str:
        names = [
            " › ".join(filter(None, (PurePath(question.origin).name, question.filename)))
            for question in self.asked
        ]
        rest = len(names) - _SHOWN_FILES
        shown_names = ", ".join(names[:_SHOWN_FILES])
        return f"{shown_names} " + self.tr("and %n more", "", rest) if rest > 0 else shown_names

    def _means(self) -> QWidget:
        match self.kind:
            case QuestionKind.DATE_ORDER:
                return self._order_means()
            case QuestionKind.OWNER:
                self.owner = QComboBox()
                self.owner.setEditable(True)
                self.owner.addItems(["", *map(str, self._detail.get("candidates", ()))])
                self.owner.setAccessibleName(self._question())
                return self.owner
            case QuestionKind.TIMEZONE:
                suggested = str(self._detail.get("suggested") or self._zone)
                self.zone = ZoneBox(suggested)
                self.zone.setAccessibleName(self._question())
                return self.zone
            case QuestionKind.PASSWORD:
                self.password = QLineEdit()
                self.password.setEchoMode(QLineEdit.EchoMode.Password)
                self.password.setAccessibleName(self._question())
                self.password.returnPressed.connect(self._answer)
                return self.password
            case QuestionKind.MAPPING:
                self.button.setText(self.tr("Show the table…"))
                return QWidget()
            case QuestionKind.CONVERSATION:
                self.button.setText(self.tr("It is a conversation"))
                self.conversation = ConversationParts(self._detail.get("rows", ()))
                return self.conversation
            case _:
                self.field = self._field()
                return self.field

    def _field(self) -> AnswerField:
        match self.kind:
            case QuestionKind.CALL_WORDS:
                return WordsField(self._detail)
            case QuestionKind.DURATION_UNIT:
                return UnitField(self._detail)
            case QuestionKind.YEAR:
                return YearField(self._detail)
            case QuestionKind.ENCODING:
                return ChoiceField(self._detail.get("samples", {}))
            case _:
                return NameField(self._question())

    def _order_means(self) -> QWidget:
        sample = str(next(iter(self._detail.get("samples", ())), ""))
        self.orders = QButtonGroup(self)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        for position, order in enumerate(DateOrder):
            read = _read(sample, order)
            if read is None:
                continue
            text = QLocale().toString(
                QDate(read.year, read.month, read.day), QLocale.FormatType.LongFormat
            )
            button = QRadioButton(self.tr("“{0}” is {1}").format(sample, text))
            self.orders.addButton(button, position)
            column.addWidget(button)
        return box

    def _answer(self) -> None:
        if self.kind is QuestionKind.MAPPING:
            dialog = MappingDialog(self._detail, self.asked[0].filename, self)
            dialog.chosen.connect(self._take_mapping)
            dialog.open()
            return
        value = self.value()
        if value:
            self._tell(value)
        elif self.kind is QuestionKind.CONVERSATION:
            return
        elif self.kind is QuestionKind.TIMEZONE:
            self.hint.say(self.tr("Please choose a city from the list first."))
        else:
            self.hint.say(self.tr("Please choose or enter an answer first."))

    def _take_mapping(self, mapping: TableMapping) -> None:
        self._tell(mapping_values(mapping))

    def _tell(self, value: Any) -> None:
        self.setEnabled(False)
        self.answered.emit([question.id for question in self.asked], value)

    def value(self) -> Any:
        """What the person has chosen, empty if nothing yet."""
        match self.kind:
            case QuestionKind.DATE_ORDER:
                chosen = self.orders.checkedId()
                return list(DateOrder)[chosen].value if chosen >= 0 else ""
            case QuestionKind.OWNER:
                return self.owner.currentText().strip()
            case QuestionKind.TIMEZONE:
                return self.zone.key()
            case QuestionKind.PASSWORD:
                return self.password.text()
            case QuestionKind.MAPPING:
                return ""
            case QuestionKind.CONVERSATION:
                return self.conversation.parts()
            case _:
                return self.field.value()


def _read(sample: str, order: DateOrder) -> date | None:
    """The date that a sample is in an order, or None if it is none."""
    numbers = [int(digits) for digits in _NUMBERS.findall(sample)[:3]]
    if len(numbers) < 3:
        return None
    places = {DateOrder.DMY: (2, 1, 0), DateOrder.MDY: (2, 0, 1), DateOrder.YMD: (0, 1, 2)}[order]
    year, month, day = (numbers[place] for place in places)
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
