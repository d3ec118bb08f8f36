"""Limits of a process on macOS; never tried by us on a real machine.

The system's own sandbox has no documented interface for a program like this: ``sandbox-exec`` is
marked as obsolete, and its profiles are not described. So only limits are set, and it is said.
"""

from __future__ import annotations

import sys

from evidence_app.sandbox.protection import Gap, Protection, lacking
from evidence_app.sandbox.room import Room

_REASON = "on macOS only limits are set, and they were never tried on a real machine"
_MOST_DESCRIPTORS = 128


def offered() -> Protection:
    """What `confine` can reach."""
    return lacking(_REASON, Gap.READS_FILES, Gap.WRITES_FILES, Gap.ACTS, Gap.UNTRIED)


def confine(room: Room) -> Protection:
    """Set the limits; no process can be started beside this one."""
    if sys.platform != "win32":
        import resource

        for which, most in (
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, room.largest_file),
            (resource.RLIMIT_NOFILE, _MOST_DESCRIPTORS),
        ):
            _, highest = resource.getrlimit(which)
            most = most if highest == resource.RLIM_INFINITY else min(most, highest)
            resource.setrlimit(which, (most, most))
    return offered()
