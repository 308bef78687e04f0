"""Defects of documents."""

import re
from datetime import timedelta
from random import Random

from tools.example_sites.dates import long_date
from tools.planting.changes import unlinked
from tools.planting.model import File, Page, Site
from tools.planting.papers import KINDS, WORD, paper, word_file
from tools.planting.planting import CONTENT, Sown, Unfit, links_of, need, plant, some
from tools.planting.plants.languages import PARITY
from tools.planting.words import fill, texts

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4_096
EXPORTED = (
    b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>1</td></tr></table>',
    b"<table border=1><tr><th>1</th><th>2</th></tr><tr><td>3</td><td>4</td></tr></table>",
)
_DECIDES = re.compile(r"БҰЙЫРАМЫН|ПРИКАЗЫВАЮ")


def _drawn(site: Site, random: Random, count: int = 2) -> list[tuple[str, str]]:
    """Draw documents as (kind, language)."""
    every = [(kind, language) for kind in KINDS for language in site.languages]
    there = [each for each in every if "{}-{}.pdf".format(*each) in site.files]
    return some(random, there, count)


def _replace(site: Site, drawn: list[tuple[str, str]], how: str) -> list[str]:
    for kind, language in drawn:
        site.files[f"{kind}-{language}.pdf"] = File(paper(kind, language, site.as_of, how))
    return [f"file:{kind}-{language}.pdf" for kind, language in drawn]


@plant("D001", group="files")
def documents_are_scans(site: Site, random: Random) -> Sown:
    return _replace(site, _drawn(site, random), "scan")


@plant("D001", group="files")
def a_page_of_a_document_is_a_scan(site: Site, random: Random) -> Sown:
    return _replace(site, _drawn(site, random), "mixed")


@plant("D002", group="files")
def document_is_locked(site: Site, random: Random) -> Sown:
    return _replace(site, _drawn(site, random, 1), "locked")


@plant("D002", group="files")
def document_is_broken(site: Site, random: Random) -> Sown:
    drawn = _drawn(site, random)
    for kind, language in drawn:
        whole = site.files[f"{kind}-{language}.pdf"].content
        broken = random.choice((whole[: len(whole) // 8], b"%PDF-1.4\nhttp 500"))
        site.files[f"{kind}-{language}.pdf"] = File(broken)
    return [f"file:{kind}-{language}.pdf" for kind, language in drawn]


@plant("D002", group="files")
def document_is_empty(site: Site, random: Random) -> Sown:
    drawn = _drawn(site, random)
    for kind, language in drawn:
        site.files[f"{kind}-{language}.pdf"] = File(b"")
    return [f"file:{kind}-{language}.pdf" for kind, language in drawn]


@plant("D003", group="files")
def document_was_recognised(site: Site, random: Random) -> Sown:
    return _replace(site, _drawn(site, random), "recognised")


@plant("D004", also=("D001", *PARITY), group="files")
def document_is_of_an_old_format(site: Site, random: Random) -> Sown:
    need(site, "vacancies")
    if any(page.flaws.get("emptied") for page in site.versions("vacancies")):
        raise Unfit  # the document would fill what another plant has emptied
    ending = random.choice(("doc", "xls"))
    page = random.choice(site.versions("vacancies"))
    name = f"blank-{page.language}.{ending}"
    site.files[name] = File(OLE, "application/msword")
    page.body.append(f'<p><a href="@file:{name}">{page.title} ({ending.upper()})</a></p>')
    return [f"file:{name}"]


@plant("D004", also=("D001", *PARITY), group="files")
def page_is_named_as_a_workbook(site: Site, random: Random) -> Sown:
    need(site, "vacancies")
    if any(page.flaws.get("emptied") for page in site.versions("vacancies")):
        raise Unfit
    page = random.choice(site.versions("vacancies"))
    name = f"export-{page.language}.{random.choice(('xls', 'xlsx'))}"
    site.files[name] = File(random.choice(EXPORTED), "application/vnd.ms-excel")
    page.body.append(f'<p><a href="@file:{name}">{page.title} (Excel)</a></p>')
    return [f"file:{name}"]


@plant("D005", group="files")
def document_is_heavy(site: Site, random: Random) -> Sown:
    return _replace(site, _drawn(site, random, 1), "heavy")


@plant("S101", group="files")
def document_is_too_large_to_read(site: Site, random: Random) -> Sown:
    drawn = _drawn(site, random, 1)
    for kind, language in drawn:
        site.files[f"{kind}-{language}.pdf"] = File(b"", failure="too_large")
    return [f"file:{kind}-{language}.pdf" for kind, language in drawn]


@plant("D006", group="files")
def table_of_a_document_is_long(site: Site, random: Random) -> Sown:
    return _replace(site, _drawn(site, random, 1), "table")


@plant("D006", also=("S026", "S031"), group="files")
def table_of_a_word_file_is_long(site: Site, random: Random) -> Sown:
    """As Word writes it: nothing tells on how many pages the rows will stand."""
    need(site, "vacancies")
    if any(page.flaws.get("emptied") for page in site.versions("vacancies")):
        raise Unfit
    rows = random.randint(90, 200)
    names = [f"table-{page.language}.docx" for page in site.versions("vacancies")]
    for page, name in zip(site.versions("vacancies"), names, strict=True):
        cells = [[str(number), fill(site, page.language, "{Name}")] for number in range(rows)]
        site.files[name] = File(word_file(page.title, cells), WORD)
        page.body.append(f'<p><a href="@file:{name}">{page.title} (DOCX)</a></p>')
    return [f"file:{name}" for name in names]


@plant("D007", group="files")
def order_has_no_requisites(site: Site, random: Random) -> Sown:
    language = random.choice([code for code in site.languages if code != "en"])
    return _replace(site, [("act", language)], random.choice(("bare", "unsigned", "undated")))


@plant("S092", also=PARITY, group="files languages")
def acts_are_files_alone(site: Site, random: Random) -> Sown:
    """Orders to download, no page with the text of one, no link to the register of acts."""
    need(site, "legal_acts")
    names = [f"act-{code}.pdf" for code in site.languages]
    for number in range(2, random.randint(3, 5)):
        for page in site.versions("legal_acts"):
            name = f"order-{number}-{page.language}.pdf"
            day = site.as_of - timedelta(days=random.randint(40, 300))
            site.files[name] = File(paper("act", page.language, day))
            title = KINDS["act"][["kk", "ru", "en"].index(page.language)]
            page.body.append(
                f'<p><a href="@file:{name}">{title}, {long_date(day, page.language)}</a></p>'
            )
            names.append(name)
    for page in site.versions("legal_acts"):
        page.after.append(unlinked("https://adilet"))
    return [f"file:{name}" for name in names]


@plant("S098", also=(*PARITY, *CONTENT), group="files languages sections")
def acts_are_pages_alone(site: Site, random: Random) -> Sown:
    """The text of orders on pages of their own, and no file of any."""
    need(site, "legal_acts")
    site.files = {name: file for name, file in site.files.items() if not name.startswith("act-")}
    drawn = random.sample(range(len(texts("orders")["subjects"]["kk"])), random.randint(3, 4))
    pages = [_order(site, each, number) for number in drawn for each in site.versions("legal_acts")]
    for page in site.versions("legal_acts"):
        page.after.append(unlinked("https://adilet"))
        page.flaws["emptied"] = True  # a file that another plant puts there may be that of an act
    return links_of(pages)


def _order(site: Site, listed: Page, number: int) -> Page:
    """Put an order of the body on a page that `listed` links to."""
    language, orders = listed.language, texts("orders")
    subject = orders["subjects"][language][number]
    day = site.as_of - timedelta(days=90 * (number + 1))
    said = orders["text"][language].replace("{subject}", subject)
    text = fill(site, language, said.replace("{day}", long_date(day, language)))
    if number % 2:
        text = _DECIDES.sub(lambda word: " ".join(word[0]), text)  # П Р И К А З Ы В А Ю
    page = Page(f"orders/{number + 1}", language, subject, [f"<p>{text}</p>"])
    page.posted = page.updated = day
    site.pages[page.key, language] = page
    listed.body.append(f'<p><a href="@{page.key}">{subject}</a></p>')
    return page


@plant("P050", also=("S026",))
def link_to_a_document_says_nothing(site: Site, random: Random) -> Sown:
    pages = some(random, site.content())
    names = {"kk": ("Жүктеу", "осында"), "ru": ("Скачать", "здесь"), "en": ("Download", "here")}
    for page in pages:
        name = random.choice(names[page.language])
        page.body.append(f'<p><a href="@file:report-{page.language}.pdf">{name}</a></p>')
    return links_of(pages)


@plant("P051")
def document_is_a_picture_file(site: Site, random: Random) -> Sown:
    pages = some(random, [page for page in site.content() if page.language != "en"])
    names = {"kk": "№ 45 бұйрық", "ru": "Приказ № 45"}
    for page in pages:
        page.body.append(f'<p><a href="/upload/prikaz-45.jpg">{names[page.language]}</a></p>')
    return links_of(pages)


@plant("S091", also=PARITY, group="files")
def download_is_in_another_language(site: Site, random: Random) -> Sown:
    shown = "".join(piece for page in site.in_language("kk") for piece in page.body)
    kinds = [kind for kind in KINDS if f"@file:{kind}-kk.pdf" in shown]  # a page may be emptied
    if not kinds:
        raise Unfit
    for kind in random.sample(kinds, min(len(kinds), random.randint(1, 2))):
        site.files[f"{kind}-kk.pdf"] = site.files[f"{kind}-ru.pdf"]
    return None
