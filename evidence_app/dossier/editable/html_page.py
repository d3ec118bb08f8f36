"""One HTML page that holds everything: it asks for nothing, from nowhere."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import singledispatch
from html import escape
from typing import TextIO

from evidence_app.dossier.editable.blocks import Block, Heading, Paragraph, Picture, Row, Table
from evidence_app.dossier.options import DossierLanguage

_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0 auto; padding: 1.5rem; max-width: 60rem; line-height: 1.6;
  font-family: system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 1rem; }
th, td { border-bottom: 1px solid; padding: 0.3rem 0.6rem 0.3rem 0; text-align: left;
  vertical-align: top; white-space: pre-line; overflow-wrap: anywhere; }
p { white-space: pre-line; overflow-wrap: anywhere; }
img { max-width: 100%; height: auto; border: 1px solid; }
.warning { font-weight: bold; border-left: 0.4rem solid; padding-left: 0.6rem; }
@media print { tr, img { break-inside: avoid; } }
"""
_LANGUAGES: dict[DossierLanguage, str] = {"en": "en", "zh": "zh-CN", "both": "zh-CN"}


def write(blocks: Iterable[Block], title: str, language: DossierLanguage, out: TextIO) -> None:
    """Write the page.

    Args:
        blocks: Its parts.
        title: Of the window.
        language: Of the parts.
        out: Open for text.
    """
    digest = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:"
    out.write(
        f'<!doctype html>\n<html lang="{_LANGUAGES[language]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
    )
    for block in blocks:
        out.writelines(_markup(block))
    out.write("</main>\n</body>\n</html>\n")


@singledispatch
def _markup(block: Block) -> Iterator[str]:
    raise NotImplementedError(type(block))


@_markup.register
def _(block: Heading) -> Iterator[str]:
    anchor = f' id="{escape(block.anchor)}"' if block.anchor else ""
    level = block.level + 1
    yield f"<h{level}{anchor}>{escape(block.text)}</h{level}>\n"


@_markup.register
def _(block: Paragraph) -> Iterator[str]:
    kind = ' class="warning"' if block.is_warning else ""
    yield f"<p{kind}>{escape(block.text)}</p>\n"


@_markup.register
def _(block: Table) -> Iterator[str]:
    yield "<table>\n"
    if block.titles:
        titles = "".join(f'<th scope="col">{escape(title)}</th>' for title in block.titles)
        yield f"<thead><tr>{titles}</tr></thead>\n"
    yield "<tbody>\n"
    for row in block.rows:
        yield _row(row, has_label=not block.titles)
    yield "</tbody>\n</table>\n"


@_markup.register
def _(block: Picture) -> Iterator[str]:
    data = b64encode(block.data).decode()
    size = f'width="{block.width}" height="{block.height}"'
    kind = "jpeg" if block.is_jpeg else "png"
    source = f'src="data:image/{kind};base64,{data}"'
    yield f'<p><img {size} alt="{escape(block.description)}" {source}></p>\n'


def _row(row: Row, *, has_label: bool) -> str:
    cells = [f"<td>{escape(cell)}</td>" for cell in row.cells]
    if has_label:
        cells[0] = f'<th scope="row">{escape(row.cells[0])}</th>'
    if row.anchor:
        cells[-1] = f'<td><a href="#{escape(row.anchor)}">{escape(row.cells[-1])}</a></td>'
    return f"<tr>{''.join(cells)}</tr>\n"
