"""What stands under the text of a section: tables, files for download, forms, persons."""

import zlib
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from tools.planting.model import Page, Site
from tools.planting.words import ROMAN, fill, last_quarter, number, quarter_said, texts, written

Block = Callable[[Site, Page], list[str]]


def block(site: Site, page: Page, name: str) -> list[str]:
    """Return the HTML pieces of block `name` for `page`."""
    special = SPECIAL.get(name)
    pieces = special(site, page) if special else []
    return pieces + _written_block(site, page, texts("blocks").get(name, {}))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    top = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    lines = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows
    )
    return f"<table>\n<thead><tr>{top}</tr></thead>\n<tbody>\n{lines}</tbody>\n</table>"


def _written_block(site: Site, page: Page, given: dict[str, Any]) -> list[str]:
    """Draw what blocks.yaml says."""
    language = page.language
    pieces = []
    for text in given.get("paragraphs", {}).get(language, ()):
        filled = fill(site, language, text)
        pieces.append(filled if filled.startswith("<img") else _paragraph(filled))
    if shown := given.get("table"):
        head = [fill(site, language, cell) for cell in shown["head"][language]]
        rows = [
            [fill(site, language, str(cell)) for cell in row] for row in shown["rows"][language]
        ]
        pieces.append(table(head, rows))
    items = [_download(site, page, each) for each in given.get("files", ())]
    items += [_link(site, page, each) for each in given.get("links", ())]
    if items:
        pieces.append("<ul>\n" + "\n".join(f"<li>{item}</li>" for item in items) + "\n</ul>")
    return pieces


def _paragraph(text: str) -> str:
    heading, _, rest = text.rpartition("</h2>")
    return f"{heading}</h2>\n<p>{rest.strip()}</p>" if heading else f"<p>{text}</p>"


def _download(site: Site, page: Page, given: dict[str, Any]) -> str:
    name = fill(site, page.language, given["name"][page.language])
    return f'<a href="@file:{given["file"]}-{page.language}.pdf">{name} (PDF)</a>'


def _link(site: Site, page: Page, given: dict[str, Any]) -> str:
    target = str(given["to"])
    other = site.pages.get((target[1:], page.language))
    if target.startswith("@"):
        return f'<a href="{target}">{other.title if other else target}</a>'
    return f'<a href="{target}">{fill(site, page.language, given["name"][page.language])}</a>'


def leaders(site: Site, page: Page) -> list[str]:
    words = texts("chrome")[page.language]
    pieces = []
    for place, role in enumerate(("head", "deputy", "chief")):
        name = fill(site, page.language, f"{{person:{place + 1}}}")
        title = fill(site, page.language, words["roles"][role])
        born = 1962 + zlib.crc32(f"{site.body.host}{place}".encode()) % 20
        life = words["life"].format(y=born, e=born + 23, s=site.as_of.year - born - 27)
        said = words["leader"]
        phone = fill(site, page.language, f"{{phone:{place + 2}}}")
        mail = f"{('head', 'deputy', 'office')[place]}@{site.body.host}"
        pieces.append(
            f"<h2>{title}: {name}</h2>\n"
            f"<p><b>{said['duties']}:</b> {words['duties'][place]}.</p>\n"
            f"<p><b>{said['life']}:</b> {life}</p>\n"
            f"<p><b>{said['phone']}:</b> {phone}, "
            f'<a href="mailto:{mail}">{mail}</a></p>'
        )
    return pieces


def reception(site: Site, page: Page) -> list[str]:
    words = texts("chrome")[page.language]
    said = words["reception"]
    room = fill(site, page.language, said["room"])
    rows = [
        [fill(site, page.language, f"{{person:{place + 1}}}"), day, f"{15 + place}:00–18:00", room]
        for place, day in enumerate(said["days"])
    ]
    return [table(said["head"], rows)]


def reviews(site: Site, page: Page) -> list[str]:
    """The reviews of the last five quarters, newest first."""
    rows = [_review(site, page, *when) for when in quarters(site, 5)]
    return [table(texts("chrome")[page.language]["reviews"]["head"], rows)]


def _review(site: Site, page: Page, year: int, quarter: int) -> list[str]:
    came = number(site, 240, 690, f"{year}{quarter}")
    good, told = came // 3, came // 2
    figures = (came, good, told, came - good - told)
    return [quarter_said(page.language, year, quarter), *map(str, figures)]


def quarters(site: Site, count: int) -> list[tuple[int, int]]:
    """Return (year, quarter) of the last quarters told, newest first."""
    year, quarter = last_quarter(site.as_of)
    found = []
    for _ in range(count):
        found.append((year, quarter))
        year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
    return found


def statistics(site: Site, page: Page) -> list[str]:
    said = texts("chrome")[page.language]["statistics"]
    values = (number(site, 40_000, 90_000, "people"), "4,7", number(site, 300, 900, "jobs"))
    rows = [[name, str(value)] for name, value in zip(said["rows"], values, strict=True)]
    told = f"<p>{fill(site, page.language, said['note'])}.</p>"
    return [told, table(said["head"], rows)]


def feedback(site: Site, page: Page) -> list[str]:
    words = texts("chrome")[page.language]["feedback"]
    fields = "\n".join(
        f'<p><label for="f-{name}">{words[name]}</label> {control}</p>'
        for name, control in (
            ("name", '<input id="f-name" name="name" type="text" autocomplete="name">'),
            ("email", '<input id="f-email" name="email" type="email" autocomplete="email">'),
            ("text", '<textarea id="f-text" name="text" rows="6" cols="60"></textarea>'),
        )
    )
    form = (
        f'<form action="@appeals" method="post">\n{fields}\n'
        f'<p><button type="submit">{words["send"]}</button></p>\n</form>'
    )
    portal = "https://eotinish.kz/" if site.as_of.year > 2020 else "https://egov.kz/cms/kk"
    links = (
        f'<p><a href="@reviews">{words["all"]}</a>, '
        f'<a href="{portal}">{fill(site, page.language, "{appeals_portal}")}</a>, '
        '<a href="https://dialog.egov.kz/">dialog.egov.kz</a></p>'
    )
    return [form, links]


def contacts(site: Site, page: Page) -> list[str]:
    words = texts("chrome")[page.language]
    mail = f"info@{site.body.host}"
    phone, reference = (fill(site, page.language, hole) for hole in ("{phone:1}", "{phone:7}"))
    lines = (
        (words["address"], postal(site, page.language)),
        (words["phone"], f'<a href="tel:{dialled(phone)}">{phone}</a>'),
        (words["reference"], f'<a href="tel:{dialled(reference)}">{reference}</a>'),
        (words["email"], f'<a href="mailto:{mail}">{mail}</a>'),
        (words["hours"], words["hours_said"]),
    )
    return ["\n".join(f"<p><b>{name}:</b> {said}</p>" for name, said in lines)]


def dialled(phone: str) -> str:
    return "+7" + "".join(filter(str.isdigit, phone))[1:]


_POSTAL = {
    "kk": "{code}, {town}, Тәуелсіздік көшесі, {house}-үй",
    "ru": "{code}, {town}, улица Тауелсиздик, {house}",
    "en": "{code}, {town}, {house} Tauelsizdik street",
}


def postal(site: Site, language: str) -> str:
    code = number(site, 10_000, 99_999, "post")
    town = site.body.forms[language]["place"]
    return _POSTAL[language].format(code=f"0{code}", town=town, house=number(site, 2, 98, "house"))


def search(site: Site, page: Page) -> list[str]:
    words = texts("chrome")[page.language]
    form = (
        '<form action="@search" method="get" role="search">'
        f'<label for="s-main">{words["query"]}</label> '
        '<input id="s-main" type="search" name="q"> '
        f'<button type="submit">{words["find"]}</button></form>'
    )
    return [form]


def sitemap(site: Site, page: Page) -> list[str]:
    words = texts("chrome")[page.language]
    pieces = []
    for group, keys in site.menu.items():
        items = "\n".join(
            f'<li><a href="@{key}">{other.title}</a></li>'
            for key in keys
            if (other := site.pages.get((key, page.language)))
        )
        pieces.append(f"<h2>{words['groups'][group]}</h2>\n<ul>\n{items}\n</ul>")
    return pieces


def news(site: Site, page: Page) -> list[str]:
    return [news_list(site, page.language, site.news(page.language))]


def news_list(site: Site, language: str, items: Sequence[Page]) -> str:
    """Return a list of news: day, headline, first words."""
    lines = []
    for item in items:
        day = item.posted
        shown = written(site, language, day) if day else ""
        machine = f' datetime="{day.isoformat()}"' if day else ""
        opened = f"<time{machine}>{shown}</time>" if day and site.layout != "tables" else shown
        lines.append(
            f'<li>{opened} <a href="@{item.key}">{escape(item.title, quote=False)}</a></li>'
        )
    return "<ul>\n" + "\n".join(lines) + "\n</ul>"


SPECIAL: dict[str, Block] = {
    "leaders": leaders,
    "reception": reception,
    "reviews": reviews,
    "statistics": statistics,
    "feedback": feedback,
    "contacts": contacts,
    "search": search,
    "sitemap": sitemap,
    "news": news,
}
__all__ = ["ROMAN", "SPECIAL", "block", "dialled", "news_list", "postal", "table"]
