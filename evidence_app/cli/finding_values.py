"""What the commands print of findings. The names are a contract."""

from __future__ import annotations

from evidence_app.cli.tables import Values
from evidence_app.model.finding import Finding, Ground


def finding_values(finding: Finding) -> Values:
    """A finding."""
    return {
        "id": f"f{finding.id}",
        "violation": finding.violation,
        "status": finding.status.value,
        "subject": finding.subject.public_id(),
        "subjects": [subject_role.subject.public_id() for subject_role in finding.subjects],
        "roles": {
            subject_role.subject.public_id(): subject_role.role.value
            for subject_role in finding.subjects
        },
        "note": finding.note,
        "reason": finding.reason,
        "created_at": finding.created_at.isoformat(),
        "decided_at": None if finding.decided_at is None else finding.decided_at.isoformat(),
        "decided_by": finding.decided_by,
        **_ground_values(finding.ground),
    }


def _ground_values(ground: Ground | None) -> Values:
    """The suggestion that a finding came from; nothing but empty values without one."""
    return {
        "suggestion": ground.suggestion if ground is not None else None,
        "rulebook": ground.rulebook if ground is not None else None,
        "rulebook_version": ground.rulebook_version if ground is not None else None,
        "rule": ground.rule if ground is not None else None,
        "arithmetic": dict(ground.arithmetic) if ground is not None else None,
        "missing": [fact.value for fact in ground.missing] if ground is not None else [],
    }
