"""The defects of the replicas, by the names their files use."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from tools.planting.blocks import news, sitemap
from tools.planting.changes import before_the_end, in_head
from tools.planting.model import File, Page, Site
from tools.planting.papers import paper
from tools.planting.words import fill, texts

ARCHIVE = {
    "kk": ("Басқа материалдар", "Мұрағат материалдары", "Әр жылғы материалдар"),
    "ru": ("Прочие материалы", "Материалы архива", "Материалы разных лет"),
    "en": ("Other materials", "Materials of the archive", "Materials of various years"),
}
INTRO = {
    "kk": "Мұнда бұрын басқа бөлімдерде тұрған беттер жиналған. "
    "Қажет бетті табу үшін тізімді соңына дейін қараңыз.",
    "ru": "Здесь собраны страницы, которые раньше стояли в других разделах. "
    "Чтобы найти нужную, просмотрите список до конца.",
    "en": "Pages that used to stand in other sections are gathered here. "
    "To find the one you need, look through the list to its end.",
}
FORUM = {"kk": "Форум", "ru": "Форум", "en": "Forum"}
PARTS = {"duties": 0, "life": 1, "contacts": 2}  # places of the paragraphs on a leader


def write_lists(site: Site) -> None:
    """Write anew what lists other pages."""
    for page in site.versions("news"):
        page.body = news(site, page)
    for page in site.versions("sitemap"):
        page.body = [page.body[0], *sitemap(site, page)]


def home_opens_in(site: Site, language: str) -> None:
    site.home = language


def not_updated(site: Site, given: dict[str, Any]) -> None:
    for key in given["sections"]:
        for page in site.versions(key):
            page.posted = page.updated = given["day"]


def leaders_without(site: Site, parts: list[str]) -> None:
    """Leave out what is said of every leader: duties, life or contacts."""
    for page in site.versions("leaders"):
        page.body = [_without_parts(piece, parts) for piece in page.body]


def _without_parts(piece: str, parts: list[str]) -> str:
    heading, *paragraphs = piece.split("\n")
    if not paragraphs:
        return piece
    left_out = {PARTS[part] for part in parts}
    kept = [text for place, text in enumerate(paragraphs) if place not in left_out]
    return "\n".join([heading, *kept])


def replace_text(site: Site, given: dict[str, dict[str, list[str]]]) -> None:
    for key, said in given.items():
        for page in site.versions(key):
            page.body = [
                f"<p>{fill(site, page.language, text)}</p>" for text in said[page.language]
            ]


def scans(site: Site, kinds: list[str]) -> None:
    for kind in kinds:
        for language in site.languages:
            content = paper(kind, language, site.as_of, "scan")
            site.files[f"{kind}-{language}.pdf"] = File(content)


def remove(site: Site, keys: list[str]) -> None:
    for key in keys:
        site.remove(key)
        _off_menu(site, key)
    write_lists(site)


def _off_menu(site: Site, key: str) -> None:
    for keys in site.menu.values():
        if key in keys:
            keys.remove(key)


def without_files(site: Site, kinds: list[str]) -> None:
    for kind in kinds:
        for language in site.languages:
            site.files.pop(f"{kind}-{language}.pdf", None)


def no_files_in(site: Site, language: str) -> None:
    for name in [name for name in site.files if name.endswith(f"-{language}.pdf")]:
        del site.files[name]
    for page in site.in_language(language):
        page.body = [_without_downloads(piece) for piece in page.body]


def _without_downloads(piece: str) -> str:
    return re.sub(r'<li><a href="@file:.*?</li>\n?', "", piece).replace("<ul>\n</ul>", "")


def overloaded_home(site: Site, given: dict[str, int]) -> None:
    """A long column of news, banners without end, links to everything."""
    site.flaws["latest"] = given["latest"]
    for page in site.versions("home"):
        keys = {key for keys in site.menu.values() for key in keys}
        names = [each for each in site.in_language(page.language) if each.key in keys]
        shown = [names[place % len(names)] for place in range(given.get("banners", 0))]
        page.body.append("\n".join(_banner(each, place) for place, each in enumerate(shown)))
        links = range(given.get("links", 0))
        page.body.append(" | ".join(f'<a href="https://link-{n}.example/">{n}</a>' for n in links))


def _banner(page: Page, place: int) -> str:
    return (
        f'<a href="@{page.key}"><img src="/upload/banner-{place}.png" alt="{page.title}"'
        ' width="180" height="90"></a>'
    )


def differing_versions(site: Site, given: dict[str, Any]) -> None:
    """One language says less than the others."""
    for key in given["sections"]:
        page = site.page(key, given["language"])
        page.body = [page.body[0].partition(". ")[0].removesuffix("</p>") + ".</p>"]


def off_the_menu(site: Site, keys: list[str]) -> None:
    """The map of the site still names them; nothing else does."""
    for key in keys:
        _off_menu(site, key)


def deep(site: Site, keys: list[str]) -> None:
    """Put sections at the end of a chain of pages that say nothing of what they lead to."""
    for key in keys:
        _off_menu(site, key)
    _add_chain(site, keys)
    write_lists(site)


def _add_chain(site: Site, keys: list[str]) -> None:
    last = f"more/{len(ARCHIVE['kk']) - 1}"
    if (last, site.languages[0]) in site.pages:
        for page in site.versions(last):
            page.body.append(_list(site, keys, page.language))
        return
    for language in site.languages:
        for place, title in enumerate(ARCHIVE[language]):
            following = f"more/{place + 1}"
            page = Page(f"more/{place}", language, title, [f"<p>{INTRO[language]}</p>"])
            page.posted = page.updated = site.page("faq", language).updated
            targets = keys if place == len(ARCHIVE[language]) - 1 else [following]
            page.body.append(_list(site, targets, language))
            site.pages[page.key, language] = page
        faq = site.page("faq", language)
        faq.body.append(f'<p><a href="@more/0">{ARCHIVE[language][0]}</a></p>')


def _list(site: Site, keys: list[str], language: str) -> str:
    return "<ul>" + "".join(_item(site, each, language) for each in keys) + "</ul>"


def _item(site: Site, key: str, language: str) -> str:
    page = site.pages.get((key, language))
    title = page.title if page else ARCHIVE[language][int(key[-1])]
    return f'<li><a href="@{key}">{title}</a></li>'


def review_of_one_quarter(site: Site, when: list[int]) -> None:
    said = {
        "kk": f"{when[0]} жылғы I тоқсанда 412 өтініш түсті.",
        "ru": f"В I квартале {when[0]} года поступило 412 обращений.",
        "en": f"In the 1st quarter of {when[0]} 412 appeals were received.",
    }
    for page in site.versions("reviews"):
        page.body = [f"<p>{said[page.language]}</p>"]
        page.posted = page.updated = date(when[0], 4, 12)


def dead_forum(site: Site, _: bool) -> None:
    for page in site.versions("appeals"):
        page.body.append(f'<p><a href="/forum/{page.language}/">{FORUM[page.language]}</a></p>')


def old_statistics(site: Site, period: dict[str, str]) -> None:
    for page in site.versions("statistics"):
        current = fill(site, page.language, "{q}")
        page.body = [piece.replace(current, period[page.language]) for piece in page.body]
        year = int(min(re.findall(r"20\d\d", period[page.language])))
        page.posted = page.updated = date(year, 12, 3)


def symbols_at_the_bottom(site: Site, _: bool) -> None:
    """The flag and the emblem stand at the lower right."""
    site.flaws["no_symbols"] = True
    for page in site.pages.values():
        words = texts("chrome")[page.language]
        shown = (
            '<div class="bottom-right">'
            f'<img src="/images/gerb.png" alt="{words["emblem"]}" width="40" height="40"> '
            f'<img src="/images/flag.png" alt="{words["flag"]}" width="60" height="30"></div>'
        )
        page.after.append(before_the_end(shown))


def official(site: Site, names: dict[str, str]) -> None:
    for page in site.pages.values():
        page.flaws["official"] = names[page.language]
        if page.key == "home":
            page.head_title = names[page.language]


def small_font(site: Site, size: str) -> None:
    style = f"<style>body, p, li, td {{ font-size: {size}; }}</style>"
    for page in site.pages.values():
        page.after.append(in_head(style))


def banner(site: Site, given: dict[str, str]) -> None:
    site.externals[given["href"]] = 404
    for page in site.versions("home"):
        page.body.append(
            f'<a href="{given["href"]}"><img src="{given["src"]}" alt="{given[page.language]}"'
            ' width="180" height="90"></a>'
        )


def search(site: Site, given: dict[str, Any]) -> None:
    site.flaws["search_only_news"] = given["only_news"]
    site.flaws["search_seconds"] = given["seconds"]


def contacts_hidden(site: Site, _: bool) -> None:
    """No footer gives them, no menu names them; a chain of pages leads there."""
    site.flaws["footer"] = f'<p><a href="@sitemap">Sitemap</a> © {site.as_of.year}</p>'
    deep(site, ["contacts"])


def programme_missing(site: Site, _: bool) -> None:
    """The first row of the table of programmes is gone."""
    for page in site.versions("programmes"):
        page.body = [
            re.sub(r"(<tbody>\n)<tr>.*?</tr>\n", r"\1", piece, count=1, flags=re.DOTALL)
            for piece in page.body
        ]


KNOWN: dict[str, Callable[[Site, Any], None]] = {
    each.__name__: each
    for each in (
        home_opens_in, not_updated, leaders_without, replace_text, scans, remove, without_files,
        no_files_in, overloaded_home, differing_versions, off_the_menu, deep,
        review_of_one_quarter, dead_forum, old_statistics, symbols_at_the_bottom, official,
        small_font, banner, search, contacts_hidden, programme_missing,
    )
}  # fmt: skip
