"""Numbers of others in messages are proposed, never blacked out by themselves."""

from evidence_app.casefile.case import CaseFile
from evidence_app.model.mark import Mark, MarkKind
from evidence_app.model.party import Role
from evidence_app.services import marks, parties, redaction_proposals
from evidence_app.services.importing.importer import Importer

IDENTITY = "11010519491231002X"
"""The example of GB 11643-1999."""

TEXTS = (
    "we call your mother 138 0000 1234 and your boss +86 139-0000-5678",
    "your own 13900000001, ours is 13800009999, hotline 95001, 400 123 4567",
    f"card {IDENTITY}, not 110105194912310021, order 20260301123456",
    "nothing here",
)


def test_only_numbers_of_others_are_proposed(case: CaseFile) -> None:
    rows = "".join(
        f'<sms address="13700001111" date="{1772350000000 + n}" type="1" body="{text}" read="1" />'
        for n, text in enumerate(TEXTS)
    )
    with Importer(case) as importer:
        importer.run_bytes("sms.xml", f'<smses count="4">{rows}</smses>'.encode())
    parties.assign(case, "13800009999", Role.COLLECTOR)
    proposed = list(redaction_proposals.all_proposed(case))
    assert [redaction.text for redaction in proposed] == [
        "138 0000 1234",
        "+86 139-0000-5678",
        IDENTITY,
    ]
    assert marks.all_marks(case) == []
    made = Mark(0, 0, MarkKind.REDACTION, words=proposed[0].place)
    marks.add(case, [made])
    left = redaction_proposals.of_event(case, proposed[0].place.event_id)
    assert [redaction.text for redaction in left] == ["+86 139-0000-5678"]
