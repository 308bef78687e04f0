"""Ratings, notes on tables, indices and methodologies as text and CSV."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from aiqyn.chain import CriterionScore, Rating, Recommendation
from aiqyn.report.words import figure, said_place
from aiqyn.scoring.diff import Difference
from aiqyn.scoring.exact import plain
from aiqyn.scoring.indices import Comparison, Results
from aiqyn.scoring.integrity import Note
from aiqyn.scoring.methodology import Criterion, Indicator, Methodology
from aiqyn.scoring.phrases import label, measure_text, why_text
from aiqyn.text import Text, inert, say


def rating_text(
    rating: Rating, advice: Sequence[Recommendation], method: Methodology, language: str
) -> str:
    """Return one rating with its criteria, indicators and advice, one per line."""
    lines = [
        f"{rating.body} · {say(method.title, language)}",
        f"{label('total', language)}: {_total(rating, method, language)}",
    ]
    for score, criterion in zip(rating.criteria, method.criteria, strict=True):
        lines.append(f"  {_criterion(score, criterion, language)}")
        if score.stated:
            continue
        for value, indicator in zip(score.indicators, criterion.indicators, strict=True):
            points = _points(value.points, value.max_points, value.why, language)
            lines.append(f"    {value.code}  {say(indicator.title, language)}: {points}")
    if advice:
        lines += ["", label("repair", language)]
        lines += [
            f"  +{_figure(each.gain, language)}  {each.rule} → {each.indicator}" for each in advice
        ]
    return "\n".join(lines) + "\n"


def league_text(
    ranked: Sequence[tuple[int | None, Rating]], method: Methodology, language: str
) -> str:
    """Return a ranking, best first, one body per line."""
    lines = [say(method.title, language)]
    lines += [
        f"{place or '–':>4}  {rating.body:<28}  {_total(rating, method, language)}"
        for place, rating in ranked
    ]
    return "\n".join(lines) + "\n"


def ratings_csv(ranked: Sequence[tuple[int | None, Rating]], method: Methodology) -> str:
    """Return a ranking as CSV; an empty cell is unknown, not zero."""
    codes = [criterion.code for criterion in method.criteria]
    rows = [["rank", "body", "points", "max_points", "grade", "why", *codes]]
    for place, rating in ranked:
        points = {criterion.code: _cell(criterion.points) for criterion in rating.criteria}
        head = [str(place or ""), rating.body, _cell(rating.points), _cell(rating.max_points)]
        rows.append([*head, rating.grade, rating.why, *(points[code] for code in codes)])
    return _csv(rows)


def notes_text(notes: Iterable[Note], language: str) -> str:
    """Return what does not follow in a table, then the figures that were found right."""
    lines: dict[bool, list[str]] = {False: [], True: []}
    for note in notes:
        told = f"{said_place(note.place, language)}: {say(note.text, language)}"
        lines[note.holds].append(f"{'✓' if note.holds else '•'} {told}")
    return "\n".join([*(lines[False] or [label("nothing", language)]), *lines[True]]) + "\n"


def notes_csv(notes: Iterable[Note], language: str) -> str:
    rows = [["code", "place", "body", "printed", "computed", "holds", "text"]]
    for n in notes:
        holds = "yes" if n.holds else "no"
        rows.append([n.code, n.place, n.body, n.printed, n.computed, holds, say(n.text, language)])
    return _csv(rows)


def index_text(
    comparisons: Sequence[Comparison], made: Results, method: Methodology, language: str
) -> str:
    """Return published results beside ours, with sources and honest differences."""
    lines = [say(method.title, language)]
    if made.note is not None:
        lines.append(f"! {say(made.note, language)}")
    for each in comparisons:
        lines.append(f"  {_beside(each, made, method, language)}")
        if each.published.note is not None:
            lines.append(f"    {say(each.published.note, language)}")
    used = dict.fromkeys(each.published.source for each in comparisons)
    lines.append(label("source", language))
    for code in used:
        origin = made.sources[code]
        doubt = "" if origin.verified else f" ({label('recalled', language)})"
        lines.append(f"  {say(origin.title, language)}{doubt} {origin.url}".rstrip())
    return "\n".join(lines) + "\n"


def index_csv(comparisons: Sequence[Comparison]) -> str:
    rows = [["body", "year", "published", "computed", "difference", "rank", "of", "source"]]
    for each in comparisons:
        p, ours = each.published, each.rating.points if each.rating else None
        figures = [_cell(p.points), _cell(ours), _cell(each.difference)]
        rows.append([p.body, str(p.year), *figures, str(p.rank or ""), str(p.of or ""), p.source])
    return _csv(rows)


def methodology_text(method: Methodology, language: str) -> str:
    """Return an edition as a reader needs it: what counts, for how much, how sure."""
    until = f" – {method.in_force_until}" if method.in_force_until else " –"
    lines = [
        f"{method.id} · {say(method.title, language)}",
        f"{label('act', language)}: {say(method.act, language)}",
        method.url,
        f"{method.in_force_from}{until}",
        f"{label('status', language)}: {say(method.status, language)}",
    ]
    for criterion in method.criteria:
        worth = _mark(criterion.maximum, language)
        lines.append(f"  {criterion.code}  {say(criterion.title, language)}: {worth}")
        lines += [f"    {_indicator(each, language)}" for each in criterion.indicators]
    for band in method.bands:
        doubt = "" if band.verified else f" ({label('unverified', language)})"
        lines.append(
            f"  ≥ {_figure(band.at_least, language)} %  {say(band.title, language)}{doubt}"
        )
    return "\n".join(lines) + "\n"


def methodology_csv(method: Methodology, language: str) -> str:
    rows = [["criterion", "indicator", "title", "points", "measure", "rules", "source"]]
    for c in method.criteria:
        title = say(c.title, language)
        rows.append([c.code, "", title, _cell(c.maximum), "", "", _said(c.points_source, language)])
        for i in c.indicators:
            told = [say(i.title, language), _cell(i.points), i.measure.name, " ".join(i.rules)]
            rows.append([c.code, i.code, *told, _said(i.source, language)])
    return _csv(rows)


def methodologies_csv(found: Iterable[Methodology], language: str) -> str:
    rows = [["id", "kind", "official", "title"]]
    for method in found:
        official = "yes" if method.official else "no"
        rows.append([method.id, method.kind, official, say(method.title, language)])
    return _csv(rows)


def diff_text(differences: Sequence[Difference], language: str) -> str:
    lines = []
    for each in differences:
        arrow = f"{each.before or '–'} → {each.after or '–'}"
        lines.append(f"{label(each.what, language)}: {each.place}: {arrow}")
    return "\n".join(lines or [label("same", language)]) + "\n"


def diff_csv(differences: Sequence[Difference]) -> str:
    rows = [["what", "place", "before", "after"]]
    rows += [[each.what, each.place, each.before, each.after] for each in differences]
    return _csv(rows)


def _total(rating: Rating, method: Methodology, language: str) -> str:
    points = _points(rating.points, rating.max_points, rating.why, language)
    titles = {band.code: band for band in method.bands}
    band = titles.get(rating.grade)
    if band is None:
        return f"{points} · {rating.grade}" if rating.grade else points
    doubt = "" if band.verified else f" ({label('unverified', language)})"
    return f"{points} · {say(band.title, language)}{doubt}"


def _criterion(score: CriterionScore, criterion: Criterion, language: str) -> str:
    points = _points(score.points, score.max_points, score.why, language)
    stated = f" · {label('stated', language)}" if score.stated else ""
    return f"{say(criterion.title, language)}: {points}{stated}"


def _points(points: Decimal | None, full: Decimal | None, why: str, language: str) -> str:
    if points is None:
        return f"{label('no_points', language)} ({say(why_text(why), language)})"
    return f"{figure(f'{points:f}', language)} / {_mark(full, language)}"


def _mark(full: Decimal | None, language: str) -> str:
    return label("unknown", language) if full is None else _figure(full, language)


def _figure(value: Decimal, language: str) -> str:
    return figure(plain(value), language)


def _indicator(indicator: Indicator, language: str) -> str:
    how = say(measure_text(indicator.measure.name), language)
    worth = _mark(indicator.points, language)
    rules = ", ".join(indicator.rules)
    return f"{indicator.code}  {say(indicator.title, language)}: {worth} · {how} · {rules}"


def _beside(each: Comparison, made: Results, method: Methodology, language: str) -> str:
    published, ours = each.published, each.rating.points if each.rating else None
    parts = [f"{published.year}  {say(made.names[published.body], language)}"]
    parts += list(_told(published.points, published.rank, published.of, language))
    if published.grade:
        titles = {band.code: say(band.title, language) for band in method.bands}
        parts.append(titles.get(published.grade, published.grade))
    if ours is not None:
        parts.append(f"{label('ours', language)} {figure(f'{ours:f}', language)}")
    if each.difference:
        parts.append(f"Δ {figure(f'{each.difference:+f}', language)}")
    return " · ".join(parts)


def _told(
    points: Decimal | None, place: int | None, of: int | None, language: str
) -> Iterator[str]:
    if points is not None:
        yield f"{label('theirs', language)} {figure(f'{points:f}', language)}"
    if place is not None:
        yield f"{label('place', language)} {place}" + (f" / {of}" if of else "")


def _said(text: Text | None, language: str) -> str:
    return say(text, language) if text else ""


def _cell(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _csv(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(map(inert, row) for row in rows)
    return out.getvalue()
