"""Findings of an audit as one HTML file that needs nothing else."""

from collections import Counter
from html import escape

from aiqyn.audit import Report
from aiqyn.chain import Place
from aiqyn.report.findings import ORDER, Entry, edition_of, entries
from aiqyn.report.words import said_place, word
from aiqyn.text import say

STYLE = """
:root{color-scheme:light}
body{font:1rem/1.5 "Noto Sans","PT Sans",Arial,sans-serif;color:#0b0c0c;background:#fff;
 max-width:62rem;margin:0 auto;padding:1rem}
h1{font-size:1.8rem}h2{margin-top:2.5rem;border-bottom:3px solid #00778b}
article{border-left:5px solid #b1b4b6;padding:.2rem 0 .2rem 1rem;margin:1.5rem 0}
article.failed{border-color:#b00020}article.passed{border-color:#00703c}
article.partly,article.cannot_tell{border-color:#8a6100}article.question{border-color:#00778b}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:bold}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;
 border-bottom:1px solid #b1b4b6;overflow-wrap:anywhere}
dt{font-weight:bold}dd{margin:0 0 .5rem;overflow-wrap:anywhere}a{color:#005a70}
@media print{article{break-inside:avoid}}
"""


def findings_html(report: Report, language: str) -> str:
    """Return the report as a page in `language`; whatever the site wrote is shown as text."""
    found = entries(report, language)
    title = f"{word('title', language)}: {report.start}"
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(word('title', language))}</h1>\n"
        f"{_head(report, language)}{_summary(found, language)}"
        f"{''.join(_group(group, found, language) for group in ORDER)}"
        f"<p>{escape(word('caution', language))}</p>\n</main>\n</body>\n</html>\n"
    )


def _head(report: Report, language: str) -> str:
    edition = edition_of(report)
    read = (
        f"{report.pages} {word('pages', language)}, "
        f"{report.documents} {word('documents', language)}"
    )
    facts = {
        "site": _link(report.start),
        "regulation": escape(say(edition.act, language)),
        "as_of": f'<time datetime="{report.as_of}">{report.as_of}</time>',
        "read": escape(read),
        "evidence": f"<code>{escape(report.manifest_sha256)}</code>",
    }
    rows = (
        f"<dt>{escape(word(key, language))}</dt><dd>{value}</dd>\n" for key, value in facts.items()
    )
    said = [word("cut", language)] if report.was_cut else []
    said.append(say(edition.note, language))
    remarks = "".join(f"<p>{escape(each)}</p>\n" for each in said)
    return f"<dl>\n{''.join(rows)}</dl>\n{remarks}"


def _summary(found: list[Entry], language: str) -> str:
    count = Counter(entry.group for entry in found)
    rows = "".join(
        f'<tr><th scope="row"><a href="#{group}">{escape(word(group, language))}</a></th>'
        f"<td>{count[group]}</td></tr>\n"
        for group in ORDER
        if count[group]
    )
    return f"<table>\n<caption>{escape(word('summary', language))}</caption>\n{rows}</table>\n"


def _group(group: str, found: list[Entry], language: str) -> str:
    members = [entry for entry in found if entry.group == group]
    if not members:
        return ""
    heading = f'<h2 id="{group}">{escape(word(group, language))} ({len(members)})</h2>\n'
    return heading + "".join(_article(entry, language) for entry in members)


def _article(entry: Entry, language: str) -> str:
    finding = entry.finding
    parts = [f'<article class="{entry.group}" id="{finding.rule}">\n']
    parts.append(f"<h3>{finding.rule}. {escape(entry.title)}</h3>\n")
    if finding.count:
        good_of = f"{finding.count.good} / {finding.count.of} {word('good_of', language)}"
        parts.append(f"<p>{escape(good_of)}</p>\n")
    if entry.note:
        parts.append(f"<p>{escape(entry.note)}</p>\n")
    if finding.places:
        parts.append(_table(entry, language))
        if finding.more:
            parts.append(f"<p>… {escape(word('more', language))}: {finding.more}</p>\n")
        parts.append(_labelled("fix", entry.fix, language))
    parts.append(_labelled("why", entry.why, language))
    parts.append(_labelled("clause", entry.clause, language))
    return "".join(parts) + "</article>\n"


def _labelled(key: str, text: str, language: str) -> str:
    return f"<p><strong>{escape(word(key, language))}.</strong> {escape(text)}</p>\n"


def _table(entry: Entry, language: str) -> str:
    columns = ("address", "where", "saw", "note")
    head = "".join(f'<th scope="col">{escape(word(column, language))}</th>' for column in columns)
    rows = "".join(_row(entry, place, language) for place in entry.finding.places)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"


def _row(entry: Entry, place: Place, language: str) -> str:
    where = said_place(place.where, language)
    return (
        f"<tr><td>{_link(place.address)}</td><td><code>{escape(where)}</code></td>"
        f"<td>{escape(place.saw)}</td><td>{escape(entry.note_of(place))}</td></tr>\n"
    )


def _link(address: str) -> str:
    """Link what a browser may open; anything else an attacker wrote stays text."""
    if not address.startswith(("http://", "https://")):
        return escape(address)
    return f'<a href="{escape(address)}" rel="noreferrer">{escape(address)}</a>'
