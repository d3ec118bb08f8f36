"""Items, their hashes and what was done to the case, for other programs of the field.

The form is CASE 1.4 on UCO 1.4 (Cyber-investigation Analysis Standard Expression, Unified Cyber
Ontology; https://caseontology.org) as JSON-LD. Of the log only what every package shows is there:
number, time, action and hash of each entry, and which exhibit came in by it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from evidence_app.dossier.content import DossierContent, Exhibit
from evidence_app.model.custody import Action, CustodyEntry

_UCO = "https://ontology.unifiedcyberontology.org/uco/"
_CONTEXT = {
    "kb": "urn:evidence-app:",
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "uco-action": f"{_UCO}action/",
    "uco-core": f"{_UCO}core/",
    "uco-observable": f"{_UCO}observable/",
    "uco-tool": f"{_UCO}tool/",
    "uco-types": f"{_UCO}types/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_ARRIVALS = frozenset({Action.IMPORT, Action.ADD_ENTRY, Action.RECOVER})

Node = dict[str, Any]


def to_bytes(content: DossierContent, entries: Iterable[CustodyEntry]) -> bytes:
    """The graph as JSON-LD; the same content gives the same bytes.

    Args:
        content: Of a dossier.
        entries: Of the custody log, the oldest first.
    """
    graph = {"@context": _CONTEXT, "@graph": list(_nodes(content, entries))}
    return orjson.dumps(graph, option=orjson.OPT_INDENT_2) + b"\n"


def _nodes(content: DossierContent, entries: Iterable[CustodyEntry]) -> Iterator[Node]:
    names = _Names(content.case.case_id)
    tool, version = content.program.rsplit(" ", 1)
    yield {
        **names.node("Tool", content.program, "uco-tool:Tool"),
        "uco-core:name": tool,
        "uco-tool:version": version,
    }
    files: dict[str, Node] = {}
    for exhibit in content.exhibits:
        files[exhibit.item.sha256 or str(exhibit.number)] = names.reference("File", exhibit.item.id)
        yield _file(names, exhibit)
        yield _provenance(names, exhibit)
    actions = []
    for entry in entries:
        actions.append(names.reference("InvestigativeAction", entry.seq))
        yield _action(names, entry, content.program, files)
    records = [names.reference("ProvenanceRecord", exhibit.item.id) for exhibit in content.exhibits]
    yield {
        **names.node("Investigation", "", "case-investigation:Investigation"),
        "uco-core:name": content.case.title,
        "uco-core:object": [*files.values(), *records, *actions],
    }


class _Names:
    """What the parts of one case's graph are called, always the same."""

    def __init__(self, case_id: str) -> None:
        self._space = uuid.uuid5(uuid.NAMESPACE_URL, f"{_CONTEXT['kb']}{case_id}")

    def reference(self, kind: str, number: object) -> Node:
        """The name of the part of a kind with that number."""
        return {"@id": f"kb:{kind}-{uuid.uuid5(self._space, f'{kind} {number}')}"}

    def node(self, kind: str, number: object, type_name: str) -> Node:
        """The beginning of a part."""
        return {**self.reference(kind, number), "@type": type_name}


def _file(names: _Names, exhibit: Exhibit) -> Node:
    item = exhibit.item
    size = {"uco-observable:sizeInBytes": _typed("xsd:integer", str(item.size))}
    digest = {
        **names.node("Hash", item.id, "uco-types:Hash"),
        "uco-types:hashMethod": "SHA256",
        "uco-types:hashValue": _typed("xsd:hexBinary", item.sha256),
    }
    # Words that are blacked out could be found by trying with the digest and the size.
    digest_and_size = {**size, "uco-observable:hash": digest} if item.sha256 else {}
    return {
        **names.node("File", item.id, "uco-observable:File"),
        "uco-core:hasFacet": [
            {
                **names.node("FileFacet", item.id, "uco-observable:FileFacet"),
                "uco-observable:fileName": item.filename,
                **(size if item.sha256 else {}),
            },
            {
                **names.node("ContentDataFacet", item.id, "uco-observable:ContentDataFacet"),
                "uco-observable:mimeType": item.media_type,
                **digest_and_size,
            },
        ],
    }


def _provenance(names: _Names, exhibit: Exhibit) -> Node:
    return {
        **names.node("ProvenanceRecord", exhibit.item.id, "case-investigation:ProvenanceRecord"),
        "uco-core:description": exhibit.item.title,
        "case-investigation:exhibitNumber": str(exhibit.number),
        "uco-core:object": names.reference("File", exhibit.item.id),
    }


def _action(names: _Names, entry: CustodyEntry, program: str, files: dict[str, Node]) -> Node:
    node = {
        **names.node("InvestigativeAction", entry.seq, "case-investigation:InvestigativeAction"),
        "uco-core:name": entry.action.value,
        "uco-core:description": f"custody log, entry {entry.seq}, SHA-256 {entry.entry_hash}",
        "uco-action:startTime": _typed("xsd:dateTime", entry.at.isoformat()),
        "uco-action:instrument": names.reference("Tool", program),
    }
    arrived = files.get(str(entry.detail.get("sha256"))) if entry.action in _ARRIVALS else None
    return {**node, "uco-action:result": arrived} if arrived is not None else node


def _typed(kind: str, value: str) -> Node:
    return {"@type": kind, "@value": value}
