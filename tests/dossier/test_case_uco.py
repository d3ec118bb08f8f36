"""The graph for other programs: whole, its references kept, and nothing private in it.

``case_validate`` of case-utils  (SHACL of CASE 1.4 and 1.5) accepted a graph of this form; it
brings 220 MB with it, so that it is not run here. What it demands is held below.
"""

import json
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from evidence_app.casefile.case import CaseFile
from evidence_app.model.event import EventType
from evidence_app.services import custody, items, manual_entries
from evidence_app.services.exporting import documents
from evidence_app.services.exporting.exports import DossierOptions
from evidence_app.services.importing.importer import Importer

OPTIONS = DossierOptions(language="en")


@pytest.fixture
def graph(case: CaseFile, tmp_path: Path) -> list[dict[str, Any]]:
    with Importer(case) as importer:
        importer.run_bytes("calls.csv", b"date,number,type\n2026-03-01 10:00:00,95001,incoming\n")
        importer.run_bytes("gone.txt", b"private words")
    manual_entries.add_entry(case, type=EventType.VISIT, time=None, text="two men 上门")
    items.trash(case, [2])
    for name in ("one", "two"):
        documents.case_uco(case, tmp_path / name, OPTIONS)
    written = (tmp_path / "one").read_bytes()
    exported = json.loads(written)
    assert b"gone.txt" not in written
    assert set(exported) == {"@context", "@graph"}
    nodes: list[dict[str, Any]] = exported["@graph"]
    # The export itself is the only thing that the second one says more.
    again = json.loads((tmp_path / "two").read_bytes())["@graph"]
    assert nodes[:-1] == [node for node in again if node in nodes[:-1]]
    return nodes


def parts(value: object) -> Iterator[dict[str, Any]]:
    """Each object in a value, however deep."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for element in value:
            yield from parts(element)


def of_type(graph: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [node for node in graph if node["@type"].endswith(f":{name}")]


def test_each_part_has_a_name_of_its_own_and_each_reference_leads_somewhere(
    graph: list[dict[str, Any]],
) -> None:
    defined = [part["@id"] for part in parts(graph) if "@id" in part and "@type" in part]
    assert len(defined) == len(set(defined))
    assert {part["@id"] for part in parts(graph) if "@id" in part} == set(defined)
    for part in parts(graph):
        if "@id" in part and "@type" in part:
            kind, _, number = part["@id"].removeprefix("kb:").partition("-")
            assert part["@type"].endswith(f":{kind}")
            assert uuid.UUID(number).version == 5


def test_exhibits_and_their_hashes_are_there(case: CaseFile, graph: list[dict[str, Any]]) -> None:
    listed = items.get_many(case, items.index(case, items.ItemFilter()))
    described = []
    for file in of_type(graph, "File"):
        name, content = file["uco-core:hasFacet"]
        digest_node = content["uco-observable:hash"]
        assert digest_node["uco-types:hashMethod"] == "SHA256"
        assert digest_node["uco-types:hashValue"]["@type"] == "xsd:hexBinary"
        size = content["uco-observable:sizeInBytes"]
        assert size["@type"] == "xsd:integer"
        assert size == name["uco-observable:sizeInBytes"]
        digest = digest_node["uco-types:hashValue"]["@value"]
        described.append((name["uco-observable:fileName"], digest, int(size["@value"])))
    assert described == [(item.filename, item.sha256, item.size) for item in listed]
    records = of_type(graph, "ProvenanceRecord")
    assert [record["case-investigation:exhibitNumber"] for record in records] == [
        str(item.id) for item in listed
    ]
    files = [node["@id"] for node in of_type(graph, "File")]
    assert [record["uco-core:object"]["@id"] for record in records] == files


def test_the_log_is_there_without_private_words(
    case: CaseFile, graph: list[dict[str, Any]]
) -> None:
    entries = custody.list_entries(case)[:-2]
    actions = of_type(graph, "InvestigativeAction")
    assert [entry["uco-core:name"] for entry in actions] == [
        entry.action.value for entry in entries
    ]
    for action, entry in zip(actions, entries, strict=True):
        assert entry.entry_hash in action["uco-core:description"]
        time = action["uco-action:startTime"]
        assert time["@type"] == "xsd:dateTime"
        assert datetime.fromisoformat(time["@value"]) == entry.at
    results = [
        action["uco-action:result"]["@id"] for action in actions if "uco-action:result" in action
    ]
    assert results == [node["@id"] for node in of_type(graph, "File")]
    [investigation] = of_type(graph, "Investigation")
    named = {member["@id"] for member in investigation["uco-core:object"]}
    assert {action["@id"] for action in actions} <= named
