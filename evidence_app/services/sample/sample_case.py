"""The sample case: invented from first to last, and imported as any case is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from evidence_app import logs
from evidence_app.casefile.case import CaseFile
from evidence_app.model.case import Jurisdiction
from evidence_app.model.event import Direction, Event, EventType, Outcome
from evidence_app.model.filters import EventFilter, ItemFilter
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.party import Role
from evidence_app.model.times import TimePrecision, TimeReading, TimeSource, from_text
from evidence_app.progress import SILENT, Progress
from evidence_app.services import cases, findings, items, manual_entries, parties, tags
from evidence_app.services import events as timeline
from evidence_app.services.importing.importer import Importer
from evidence_app.services.sample import files as sample_files

_ME = "19000000009"
_PARTIES = (
    (sample_files.COLLECTOR, Role.COLLECTOR, "周某（催收员）"),
    (sample_files.NIGHT_CALLER, Role.COLLECTOR, "夜间来电者"),
    (sample_files.AGENCY, Role.CREDITOR, "某消费金融（示例）"),
    (sample_files.ENGLISH_CALLER, Role.AGENCY, "Recovery Dept. (sample)"),
    (sample_files.MOTHER, Role.THIRD_PARTY, "妈妈"),
)
_BY_WORDS = {
    "联系你单位": "workplace_harassment",
    "孩子在哪上学": "threat_of_violence",
    "准备好坐牢": "threat_of_arrest",
    "Officer Dalton": "impersonation",
    "Everyone there": "public_shaming",
    "说你欠钱不还": "third_party_disclosure",
    "我个人微信": "unauthorised_charges",
}
_BY_TITLE = {
    "Screenshot_2026-03-04": "insult_obscenity",
    "Screenshot_2026-03-10": "third_party_contact",
    "Screenshot_20260315": "threat_of_arrest",
    "催收函": "missing_identification",
}
_NIGHT = range(22, 24)
_MANY_A_DAY = 7


@logs.step("make the sample case")
def create_sample(path: Path, progress: Progress = SILENT) -> CaseFile:
    """Make the sample case and open it.

    Args:
        path: Where; nothing may be there yet.
        progress: Asked between the files; if it is cancelled, nothing is left.

    Raises:
        Cancelled: The person asked to stop.
        UserError: There is a file already, or none can be made there.
    """
    case = cases.create(
        path,
        title="示例证据夹 · Sample case",
        owner_name="李明（示例）",
        numbers=[_ME],
        timezone="Asia/Shanghai",
        jurisdiction=Jurisdiction.CHINA,
    )
    try:
        _fill(case, progress)
    except BaseException:
        case.close()
        path.unlink()
        raise
    return case


def _fill(case: CaseFile, progress: Progress) -> None:
    with Importer(case) as importer:
        for name, data in sample_files.files():
            progress.check()
            importer.run_bytes(name, data, origin="sample")
    for number, role, name in _PARTIES:
        parties.assign(case, number, role, name)
    _write_down(case)
    _find(case)


def _write_down(case: CaseFile) -> None:
    acts = (
        (EventType.VISIT, "2026-03-14 18:40", "两名男子上门，不出示证件，敲门约二十分钟，"
         "并对邻居说我欠债不还。邻居张阿姨在场。", sample_files.COLLECTOR),
        (EventType.AGREEMENT, "2026-03-20 11:00", "与平台客服达成分期协议：24期，每月20日还款。",
         sample_files.AGENCY),
        (EventType.NOTE, "2026-03-21", "这几天睡不好，晚上听到电话铃就心慌。", ""),
    )  # fmt: skip
    for kind, when, text, number in acts:
        day_only = len(when) == 10
        precision = TimePrecision.DAY if day_only else TimePrecision.MINUTE
        time = TimeReading(from_text(when), TimeSource.PERSON, precision, when)
        visit = kind is EventType.VISIT
        manual_entries.add_entry(
            case,
            type=kind,
            time=time,
            direction=Direction.INCOMING if visit else Direction.NONE,
            identifier=number,
            text=text,
        )


def _find(case: CaseFile) -> None:
    events = list(timeline.stream(case, EventFilter()))
    for words, violation in _BY_WORDS.items():
        findings.confirm(
            case, _subjects(event for event in events if words in event.text), violation
        )
    visits = [event for event in events if event.type is EventType.VISIT]
    findings.confirm(case, _subjects(visits), "abusive_visit")
    calls = [event for event in events if event.type is EventType.CALL and _from_log(event)]
    findings.confirm(
        case, _subjects(event for event in calls if _hour(event) in _NIGHT), "outside_hours_contact"
    )
    findings.confirm(case, _subjects(_on_busy_days(calls)), "excessive_contact")
    for item in items.get_many(case, items.index(case, ItemFilter())):
        for start, violation in _BY_TITLE.items():
            if item.title.startswith(start):
                findings.confirm(case, [Subject(SubjectKind.ITEM, item.id)], violation)
    urgent = tags.create(case, "先给律师看").tag_id
    if urgent is not None:
        tags.add(case, _subjects(event for event in events if "孩子在哪上学" in event.text), urgent)


def _from_log(event: Event) -> bool:
    return event.filename.startswith("calls-") and event.direction is Direction.INCOMING


def _hour(event: Event) -> int:
    if event.time is None:
        return -1
    return event.time.moment.at.astimezone(sample_files.CHINA).hour


def _on_busy_days(calls: Sequence[Event]) -> list[Event]:
    by_day: dict[object, list[Event]] = {}
    for call in calls:
        if call.time is not None and call.outcome is not Outcome.BLOCKED:
            day = call.time.moment.at.astimezone(sample_files.CHINA).date()
            by_day.setdefault(day, []).append(call)
    return [call for day in by_day.values() if len(day) >= _MANY_A_DAY for call in day]


def _subjects(events: Iterable[Event]) -> list[Subject]:
    return [Subject(SubjectKind.EVENT, event.id) for event in events]
