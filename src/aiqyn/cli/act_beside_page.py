"""A page of what changed in an act: one file, no script, readable in print and aloud."""

from collections.abc import Mapping, Sequence
from html import escape

from aiqyn.acts import Paragraph
from aiqyn.acts.redline import Change, Run

_TAGS = {"kept": "{}", "added": "<ins>{}</ins>", "removed": "<del>{}</del>"}
_STYLE = (
    "body{font:1.0625rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:46rem;padding:1rem}"
    "li{border-top:1px solid #b1b4b6;padding:.5rem 0}ol{list-style:none;padding:0}"
    "p{margin:.25rem 0;overflow-wrap:anywhere;white-space:pre-line}"
    ".what{color:#505a5f;font-size:.9375rem}"
    "ins{background:#d5f0dd}del{background:#fbdcd8}"
)

_PAGE = """<!doctype html>
<html lang="{0}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{told}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{told}</h1>
<ol lang="{1}">
{items}
</ol>
</main>
</body>
</html>
"""


def page(changes: Sequence[Change], said: Mapping[str, str], languages: tuple[str, str]) -> str:
    """Return HTML of the changes; `languages`: of `said`, which names them, and of the act."""
    changed = sum(1 for change in changes if change.what != "same")
    told = escape(said["compared"].format(changed=changed, total=len(changes)))
    items = "\n".join(_item(change, said, languages[0]) for change in changes)
    return _PAGE.format(*languages, told=told, style=_STYLE, items=items)


def _item(change: Change, said: Mapping[str, str], language: str) -> str:
    words = "".join(_tagged(run) for run in change.runs)
    if change.what == "same":
        return f"<li><p>{_markers(change.new)} {words}</p></li>"
    sides = " → ".join(_markers(side) for side in (change.old, change.new) if side)
    note = f'<p class="what" lang="{language}">{escape(said[change.what])}: {sides}</p>'
    return f"<li>{note}<p>{words}</p></li>"


def _markers(paragraphs: Sequence[Paragraph]) -> str:
    """Return the numbers as printed; of a paragraph without one, its eId."""
    return escape(", ".join(one.marker or one.number or one.eid for one in paragraphs))


def _tagged(run: Run) -> str:
    return _TAGS[run.what].format(escape(run.text))
