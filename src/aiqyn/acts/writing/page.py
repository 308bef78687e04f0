"""HTML: every unit has the id of its eId, headings are headings, numbers are text."""

from collections.abc import Iterator
from html import escape

from aiqyn.acts.model import Act
from aiqyn.acts.writing.blocks import Block, Role, beside, blocks
from aiqyn.text import without_controls

_CLASSES = {
    Role.ABOVE: "act-above",
    Role.BELOW: "act-below",
    Role.STAMP: "act-stamp",
    Role.SIGNED: "act-signed",
}
_CSS = """\
body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:46rem;margin:0 auto;padding:1rem;
color:#0b1a24;background:#fff}
body.act-wide{max-width:76rem}
h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.3rem}h3,h4,h5,h6{font-size:1.1rem}
.act-above,.act-below{color:#33454e}
.act-stamp{margin:3rem 0 1rem auto;max-width:18rem}
.act-signed{font-weight:600;margin:.25rem 0}
.act-deep-1{margin-inline-start:1.5rem}.act-deep-2{margin-inline-start:3rem}
.act-deep-3{margin-inline-start:4.5rem}
.act-note{font-size:.94rem;color:#33454e}
.act-scroll{overflow-x:auto}
table{border-collapse:collapse}
th,td{border:1px solid #8a9aa2;padding:.375rem .5rem;text-align:start;vertical-align:top}
table.act-beside{width:100%;table-layout:fixed}
table.act-beside>tbody>tr>td{border:0;border-bottom:1px solid #d5dde0}
@media (max-width:40rem){[class*=act-deep]{margin-inline-start:.75rem}
table.act-beside>tbody>tr>td{display:block}}
"""
_SAID = {"kk": "Мәтін", "ru": "Текст"}  # names a table that has to be scrolled


def html(act: Act, other: Act | None = None) -> bytes:
    """Return a page of its own; with the text in the other language beside, row by row."""
    inside = fragment(act) if other is None else _both(act, other)
    wide = ' class="act-wide"' if other is not None else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{act.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_said(act.title) or '—'}</title>\n<style>\n{_CSS}</style>\n</head>\n"
        f"<body{wide}>\n<main>\n{inside}</main>\n</body>\n</html>\n"
    ).encode()


def fragment(act: Act, *, heading: int = 1, prefix: str = "") -> str:
    """Return the act as HTML for a place in a page.

    `heading` is the level of its title, `prefix` stands before every id.
    """
    inside = "\n".join(_block(block, heading - 1, prefix, act.language) for block in blocks(act))
    return f'<article class="act" lang="{act.language}">\n{inside}\n</article>\n'


def _both(act: Act, other: Act) -> str:
    rows = "\n".join(_row(act, other))
    return f'<table class="act-beside" role="presentation">\n<tbody>\n{rows}\n</tbody>\n</table>\n'


def _row(act: Act, other: Act) -> Iterator[str]:
    for left, right in beside(act, other):
        cells = ((act, left, ""), (other, right, f"{other.language}-"))
        said = "".join(
            f'<td lang="{one.language}">'
            f"{''.join(_block(block, 0, prefix, one.language) for block in found)}</td>"
            for one, found, prefix in cells
        )
        yield f"<tr>{said}</tr>"


def _block(block: Block, deeper: int, prefix: str, language: str) -> str:
    mark = f' id="{escape(prefix + block.key)}"' if block.is_first else ""
    if block.role is Role.TABLE:
        return _table(block, mark, language)
    words = _words(block)
    if block.role in (Role.TITLE, Role.HEADING):
        level = min(block.level + deeper, 6)
        return f"<h{level}{mark}>{words}</h{level}>"
    return f'<p{mark} class="{_class(block)}">{words}</p>'


def _class(block: Block) -> str:
    if block.role in _CLASSES:
        return _CLASSES[block.role]
    deep = f" act-deep-{min(block.level, 3)}" if block.level else ""
    return f"act-{block.kind}{deep}"


def _words(block: Block) -> str:
    marker = f'<span class="act-number">{_said(block.marker)}</span>' if block.marker else ""
    text = _said(block.text).replace("\n", "<br>")
    return " ".join(filter(None, (marker, text)))


def _table(block: Block, mark: str, language: str) -> str:
    has_head = len(block.rows) > 1
    head = f"<thead>{_cells(block.rows[0], 'th')}</thead>" if has_head else ""
    body = "".join(_cells(cells, "td") for cells in block.rows[has_head:])
    return (
        f'<div{mark} class="act-scroll" role="region" tabindex="0"'
        f' aria-label="{_SAID[language]}"><table>{head}<tbody>{body}</tbody></table></div>'
    )


def _cells(cells: tuple[str, ...], tag: str) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    shown = (
        f"<{tag}{scope}>{_said(cell)}</{tag}>" if cell or tag == "td" else "<td></td>"
        for cell in cells
    )
    return f"<tr>{''.join(shown)}</tr>".replace("\n", "<br>")


def _said(text: str) -> str:
    return escape(without_controls(text))
