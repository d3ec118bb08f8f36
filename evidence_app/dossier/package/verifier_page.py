"""The page with which a browser alone checks an evidence package: one HTML file, no connections.

Its parts lie in ``resources/verifier``. They are joined here, always to the same bytes, under a
policy (Content Security Policy) that lets the page run its own script and nothing else.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode

from evidence_app import resources

_SCRIPTS = ("bytes", "names", "archive", "lists", "log", "tables", "verification", "texts", "page")
"""Each uses only what stands in those before it, but when it is called."""


def page() -> bytes:
    """The whole page."""
    style = _part("style.css")
    script = "".join(["\n(() => {\n'use strict';\n", *map(_script, _SCRIPTS), "})();\n"])
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    html = _part("page.html").replace("@POLICY@", policy)
    return html.replace("@STYLE@", style).replace("@SCRIPT@", script).encode()


def _script(name: str) -> str:
    return _part(f"{name}.js")


def _part(name: str) -> str:
    # Whatever ends of lines a checkout has, the page is the same.
    return resources.path("verifier", name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _digest(text: str) -> str:
    """As a policy names a script or a style."""
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
