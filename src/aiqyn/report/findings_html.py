"""Findings of an audit as one HTML file that needs nothing else: no script, no other file."""

from base64 import b64encode
from collections.abc import Iterable
from html import escape

from aiqyn.catalogue import ROOT
from aiqyn.chain import Place
from aiqyn.report.bunches import by_note
from aiqyn.report.comparing import STATUSES, Change
from aiqyn.report.model import (
    BROKEN,
    FACTORS,
    ORDER,
    Account,
    Chapter,
    Entry,
    SectionLine,
    picture_kind,
    weight,
)
from aiqyn.report.words import said_seen, said_spot, since, word

GOOD, REPAIRS = 8, 10  # on the first page


def findings_html(account: Account) -> str:
    """Return the report as a page; whatever the site wrote is shown as text."""
    language = account.language
    title = f"{word('title', language)}: {account.report.start}"
    style = (ROOT / "report" / "findings.css").read_text(encoding="utf-8")
    chapters = "".join(_chapter(chapter, account) for chapter in account.chapters)
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{_said('title', language)}</h1>\n"
        f"{_head(account)}{_changes(account)}{_first_page(account)}{_families(account)}"
        f"{_contents(account)}{chapters}{_sections(account)}{_foot(account)}</main>\n</body>\n</html>\n"
    )


def _said(key: str, language: str) -> str:
    return escape(word(key, language))


# The first page


def _head(account: Account) -> str:
    shown = {key: escape(value) for key, value in (account.facts | account.origins).items()}
    shown["site"] = _link(account.report.start)
    shown["evidence"] = f"<code>{shown['evidence']}</code>"
    shown["as_of"] = f'<time datetime="{account.report.as_of}">{shown["as_of"]}</time>'
    rows = "".join(
        f"<dt>{_said(key, account.language)}</dt><dd>{value}</dd>\n" for key, value in shown.items()
    )
    score = f'<p class="score">{escape(account.score)}</p>\n' if account.score else ""
    remarks = "".join(f"<p>{escape(each)}</p>\n" for each in account.remarks)
    return f'{score}<dl class="facts">\n{rows}</dl>\n{remarks}'


def _first_page(account: Account) -> str:
    language = account.language
    good = "".join(f"<li>{_to(entry)}</li>\n" for entry in account.good[:GOOD])
    first = "".join(_first(entry, language) for entry in account.repairs[:REPAIRS])
    lists = {
        "good": _list("ul", "good", good, language) + _more(len(account.good) - GOOD, language),
        "first": _list("ol", "first", first, language)
        + _more(len(account.repairs) - REPAIRS, language),
    }
    told = "".join(
        f'<section>\n<h2 id="{key}">{_said(key, language)}</h2>\n{lists[key]}</section>\n'
        for key in _lists_of(account)
    )
    return f'<div class="pair">\n{told}</div>\n'


def _lists_of(account: Account) -> list[str]:
    """The lists of the first page: of some rules alone an empty one says nothing."""
    found = {"good": account.good, "first": account.repairs}
    return [key for key, entries in found.items() if entries or not account.is_part]


def _first(entry: Entry, language: str) -> str:
    """What to do comes first: the name of a rule says how things ought to be, as if they were."""
    weighs = escape(" · ".join(weight(entry, language)))
    status = _said(entry.group, language)
    return f"<li>{escape(entry.remedy)}<br><small>{status}: {_to(entry)}<br>{weighs}</small></li>\n"


def _list(tag: str, name: str, items: str, language: str) -> str:
    if not items:
        return f"<p>{_said('nothing_good' if name == 'good' else 'nothing_failed', language)}</p>\n"
    return f'<{tag} class="{name}">\n{items}</{tag}>\n'


def _more(hidden: int, language: str) -> str:
    if hidden <= 0:
        return ""
    return f"<p>… {escape(word('further', language).format(hidden))}</p>\n"


def _to(entry: Entry) -> str:
    code = entry.finding.rule
    return f'<a href="#{code}">{code}</a> {escape(entry.title)}'


def _families(account: Account) -> str:
    language = account.language
    groups = [group for group in ORDER if account.of_group(group)]
    head = "".join(
        f'<th scope="col" class="number">{_said(group, language)}</th>' for group in groups
    )
    rows = []
    for chapter in account.chapters:
        count = chapter.count
        cells = "".join(f'<td class="number">{count[group]}</td>' for group in groups)
        name = f'<a href="#{chapter.family}">{escape(chapter.title)}</a>'
        rows.append(f'<tr><th scope="row">{name}</th>{cells}</tr>\n')
    return (
        f'<h2 id="families">{_said("families", language)}</h2>\n'
        '<div class="wide" role="region" aria-labelledby="families" tabindex="0">\n<table>\n'
        f'<thead><tr><th scope="col">{_said("family", language)}</th>{head}</tr></thead>\n'
        f"<tbody>\n{''.join(rows)}</tbody>\n</table>\n</div>\n"
    )


def _contents(account: Account) -> str:
    language = account.language
    items = [(key, word(key, language)) for key in (*_lists_of(account), "families")]
    items += [(chapter.family, chapter.title) for chapter in account.chapters]
    items += [("sections", word("sections", language))] if account.sections else []
    links = "".join(f'<li><a href="#{at}">{escape(title)}</a></li>\n' for at, title in items)
    return (
        f'<nav aria-labelledby="contents">\n<h2 id="contents">{_said("contents", language)}</h2>\n'
        f"<ul>\n{links}</ul>\n</nav>\n"
    )


def _changes(account: Account) -> str:
    changes, language = account.changes, account.language
    if changes is None:
        return ""
    title = escape(since(changes.earlier, language))
    told = [_status(status, changes.of(status), account) for status in STATUSES]
    body = "".join(told) or f"<p>{_said('unchanged', language)}</p>\n"
    return f'<section>\n<h2 id="since">{title}</h2>\n{body}</section>\n'


def _status(status: str, changes: list[Change], account: Account) -> str:
    if not changes:
        return ""
    titles = {entry.finding.rule: entry for entry in account.entries}
    items = "".join(
        f"<li>{_to(titles[each.rule]) if each.rule in titles else escape(each.rule)}"
        f"{_because(each, account.language)}</li>\n"
        for each in changes
    )
    return f"<h3>{_said(status, account.language)} ({len(changes)})</h3>\n<ul>\n{items}</ul>\n"


def _because(change: Change, language: str) -> str:
    counts = [
        f"{word(each, language)}: {len(getattr(change, each))}"
        for each in STATUSES
        if getattr(change, each)
    ]
    said = [*counts, *([word(change.why, language)] if change.why else [])]
    return f"<br>{escape('; '.join(said))}" if said else ""


# The details


def _chapter(chapter: Chapter, account: Account) -> str:
    articles = "".join(
        _alike(entry, others, account.language) if others else _article(entry, account)
        for entry, *others in chapter.told
    )
    return (
        f'<section>\n<h2 id="{chapter.family}">{escape(chapter.title)}</h2>\n{articles}</section>\n'
    )


def _alike(first: Entry, others: list[Entry], language: str) -> str:
    """Requirements that were left open for one reason, which is told once."""
    items = "".join(
        f'<li id="{entry.finding.rule}">{entry.finding.rule}. {escape(entry.title)}<br>'
        f"<small>{_said('clause', language)}: {escape(entry.clause)}</small></li>\n"
        for entry in (first, *others)
    )
    return (
        f'<article class="{first.group}">\n<h3>{_said(first.group, language)} '
        f"({1 + len(others)})</h3>\n<p>{escape(first.note)}</p>\n<ul>\n{items}</ul>\n</article>\n"
    )


def _article(entry: Entry, account: Account) -> str:
    finding, language = entry.finding, account.language
    status = f'<span class="tag status">{_said(entry.group, language)}</span>'
    parts = [
        f'<article class="{entry.group}" id="{finding.rule}">\n',
        f"<h3>{finding.rule}. {escape(entry.title)}</h3>\n",
        f'<p class="tags">{status}{_tags(entry, language)}</p>\n',
    ]
    if finding.count:
        good_of = f"{finding.count.good} / {finding.count.of} {word('good_of', language)}"
        parts.append(f"<p>{escape(good_of)}</p>\n")
    if entry.note:
        parts.append(f"<p>{escape(entry.note)}</p>\n")
    if finding.places:
        parts += [_table(entry, account), _more(finding.more, language)]
    if entry.group in BROKEN:
        parts.append(_labelled("fix", entry.fix, language))
    if entry.group not in ("passed", "inapplicable"):
        parts.append(_labelled("why", entry.why, language))
    parts.append(_labelled("clause", entry.clause, language))
    return "".join(parts) + "</article>\n"


def _tags(entry: Entry, language: str) -> str:
    return "".join(f'<span class="tag">{escape(said)}</span>' for said in weight(entry, language))


def _labelled(key: str, text: str, language: str) -> str:
    return f"<p><strong>{_said(key, language)}.</strong> {escape(text)}</p>\n"


def _table(entry: Entry, account: Account) -> str:
    language = account.language
    columns = ("address", "where", "saw")
    head = "".join(f'<th scope="col">{_said(column, language)}</th>' for column in columns)
    bodies = "".join(
        _noted(note, places, account)
        for note, places in by_note(entry.finding.places, entry.beside).items()
    )
    return (
        f'<table class="places">\n<caption>{_said("places", language)} ({entry.places})</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n{bodies}</table>\n"
    )


def _noted(note: str, places: Iterable[Place], account: Account) -> str:
    head = f'<tr><th class="note" colspan="3" scope="rowgroup">{escape(note)}</th></tr>\n'
    rows = "".join(_row(place, account) for place in places)
    return f"<tbody>\n{head if note else ''}{rows}</tbody>\n"


def _row(place: Place, account: Account) -> str:
    where = said_spot(place.where, account.language)
    return (
        f"<tr><td>{_link(place.address)}</td><td><code>{escape(where)}</code></td>"
        f"<td>{escape(said_seen(place, account.language))}{_picture(place, account)}</td></tr>\n"
    )


def _picture(place: Place, account: Account) -> str:
    content = account.pictures.get(place.picture, b"")
    kind = picture_kind(content)
    if not kind:
        return ""
    alt = escape(f"{word('picture', account.language)}: {place.saw or place.where}")
    source = f"data:image/{kind};base64,{b64encode(content).decode()}"
    return f'<img class="spot" alt="{alt}" src="{source}">'


def _link(address: str) -> str:
    """Link what a browser may open; anything else an attacker wrote stays text."""
    if not address.startswith(("http://", "https://")):
        return escape(address)
    return f'<a href="{escape(address)}" rel="noreferrer">{escape(address)}</a>'


def _sections(account: Account) -> str:
    if not account.sections:
        return ""
    language = account.language
    columns = "".join(
        f'<th scope="col" class="number">{_said(column, language)}</th>'
        for column in (*FACTORS, "newest")
    )
    rows = "".join(_section(line, language) for line in account.sections)
    return (
        f'<section>\n<h2 id="sections">{_said("sections", language)}</h2>\n'
        '<div class="wide" role="region" aria-labelledby="sections" tabindex="0">\n'
        f"<table>\n<caption>{_said('sections_said', language)}</caption>\n"
        f'<thead><tr><th scope="col">{_said("section", language)}</th>{columns}</tr></thead>\n'
        f"<tbody>\n{rows}</tbody>\n</table>\n</div>\n</section>\n"
    )


def _section(line: SectionLine, language: str) -> str:
    name = escape(line.title)
    if line.address:
        name = f'<a href="{escape(line.address)}" rel="noreferrer">{name}</a>'
    last = line.newest if line.address else word("not_found", language)
    cells = "".join(
        f'<td class="number">{escape(cell)}</td>' for cell in (*line.factors, line.share, last)
    )
    return f'<tr><th scope="row">{name}</th>{cells}</tr>\n'


def _foot(account: Account) -> str:
    language = account.language
    said = "".join(f"<p>{_said(key, language)}</p>\n" for key in ("caution", "made_by"))
    return f"<footer>\n{said}</footer>\n"
