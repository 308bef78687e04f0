import csv
import io
import re
from datetime import date

import msgspec
import openpyxl
import pytest
from selectolax.lexbor import LexborHTMLParser

from aiqyn.audit import Report, audit_site, edition_on
from aiqyn.chain import Finding, Outcome, Place
from aiqyn.errors import CatalogueError
from aiqyn.report.findings import COLUMNS, findings_csv, findings_json
from aiqyn.report.findings_html import findings_html
from aiqyn.report.findings_pdf import told
from aiqyn.report.findings_text import findings_text
from aiqyn.report.findings_xlsx import findings_xlsx
from aiqyn.report.model import ORDER, Account, edition_of, entries
from aiqyn.report.words import said_day, said_place, said_seen, said_spot, word, words
from aiqyn.report.written import read_written
from aiqyn.rules import load
from aiqyn.subjects.twins import paired_by
from aiqyn.text import LANGUAGES, missing, say
from tests.aiqyn.worked import TAKEN, crawl

DAY = TAKEN.date()


@pytest.fixture(scope="module")
def report():
    pages = {f"/{number}": "<title>Бет</title><img src='<b>.png'>" for number in range(30)}
    links = "".join(f'<a href="{path}">{path}</a>' for path in pages)
    kept = crawl({"/": f"<title>=1+1</title>{links}"} | pages)
    return audit_site(kept.manifest, kept.store, edition_on("sites", DAY), as_of=DAY)


def as_text(report, language, **more):
    return findings_text(Account(report=report, language=language), **more)


def as_html(report, language):
    return findings_html(Account(report=report, language=language))


def with_findings(report, *found):
    return msgspec.structs.replace(report, findings=found)


def test_machines_are_told_when_the_evidence_was_gathered(report):
    written = msgspec.json.decode(findings_json(report))
    rows = list(csv.DictReader(io.StringIO(findings_csv(report, "en"))))

    assert (report.taken_from, report.taken_until) == (TAKEN, TAKEN)
    assert written["taken_until"] == TAKEN.isoformat().replace("+00:00", "Z")
    assert {row[word("taken", "en")] for row in rows} == {TAKEN.isoformat()}


def test_doubt_names_its_places_in_every_report():
    banner = '<a href="/x"><img src="/b.png" alt="Форум 12.05.2025"></a>'
    kept = crawl({"/": f"<title>Бет</title>{banner}<p>Мәтін</p>"})
    report = audit_site(kept.manifest, kept.store, edition_on("sites", DAY), as_of=DAY)
    doubt = next(each for each in report.findings if each.rule == "S087")
    account = Account(report=with_findings(report, doubt), language="kk")
    saw = "Форум 12.05.2025 → http://site.example/x"

    book = openpyxl.load_workbook(io.BytesIO(findings_xlsx(account)))
    rows = list(csv.DictReader(io.StringIO(findings_csv(account.report, "kk"))))
    (printed,) = told(account)["chapters"][0]["entries"][0]["notes"]

    assert (doubt.outcome, [each.saw for each in doubt.places]) == (Outcome.CANNOT_TELL, [saw])
    assert saw in findings_text(account, width=200, colour=False)
    assert saw in LexborHTMLParser(findings_html(account)).body.text()
    assert [row[word("saw", "kk")] for row in rows] == [saw]
    assert saw in [cell.value for row in book[word("places", "kk")] for cell in row]
    assert printed["bunches"][0]["places"][0]["address"] == "http://site.example/"


def test_words_speak_every_language():
    assert [missing(phrase) for phrase in words().values()] == [[]] * len(words())


@pytest.mark.parametrize(
    ("where", "kk", "ru"),
    [
        ("document", "құжат", "документ"),
        ("site", "сайт", "сайт"),
        ("answer", "адамның жауабы", "ответ человека"),
        ("page 2", "2-бет", "страница 2"),
        ("row 3, column total", "3-жол, «total» бағаны", "строка 3, столбец «total»"),
        ("line 7", "7-жол", "строка 7"),
        ("line 7, column a, b", "7-жол, «a, b» бағаны", "строка 7, столбец «a, b»"),
        ("head > title", "head > title", "head > title"),
        ("page two", "page two", "page two"),
        ("line 7, body", "line 7, body", "line 7, body"),
        ("", "", ""),
    ],
)
def test_place_is_said_in_the_language_of_the_report(where, kk, ru):
    assert [said_place(where, language) for language in LANGUAGES] == [kk, ru, where]


def test_section_of_a_site_is_said_by_its_name():
    said = [said_spot("appeals_review", language) for language in LANGUAGES]

    assert said == ["Өтініштерге шолу", "Обзор обращений", "Review of appeals"]
    assert [said_spot(where, "ru") for where in ("page 2", "main")] == ["страница 2", "main"]


@pytest.mark.parametrize(
    ("words", "day", "said"),
    [
        ("5 октября 2018", date(2018, 10, 5), ["05.10.2018", "05.10.2018", "2018-10-05"]),
        ("05.09.2018", date(2018, 9, 5), ["05.09.2018", "05.09.2018", "2018-09-05"]),
        ("", date(2018, 9, 5), ["05.09.2018", "05.09.2018", "2018-09-05"]),
        ("за 2018 год", date(2018, 12, 31), ["2018"] * 3),
        ("2018 жылға", date(2018, 12, 31), ["2018"] * 3),
        ("first half of 2018", date(2018, 6, 30), ["first half of 2018"] * 3),
        ("15.10.2018", date(2018, 10, 5), ["15.10.2018"] * 3),
        ("", None, [""] * 3),
    ],
)
def test_newest_days_of_sections_are_written_alike(words, day, said):
    assert [said_day(words, day, language) for language in LANGUAGES] == said


def test_what_was_seen_is_said_in_the_language_of_the_report_and_once():
    quarter = Place(where="appeals_review", saw="2018-Q1")
    day = Place(where="main", saw="2018-10-03")
    never = Place(where="main", saw="2018-02-30")
    headed = Place(where="appeals_review", saw="Обзор обращений")
    heavy = Place(where="html", saw="611903 > 500000")
    few = Place(where="body", saw="101 > 100")

    said = [said_seen(quarter, language) for language in LANGUAGES]

    assert said == ["2018 жылғы I тоқсан", "I квартал 2018 года", "quarter I of 2018"]
    assert [said_seen(day, language) for language in LANGUAGES] == ["03.10.2018"] * 2 + [day.saw]
    assert said_seen(never, "kk") == never.saw
    assert said_seen(heavy, "ru") == "611\u202f903 > 500\u202f000"
    assert said_seen(few, "ru") == few.saw
    assert [said_seen(headed, language) for language in LANGUAGES] == [""] * 3


@pytest.mark.parametrize(
    ("pages", "documents", "said"),
    [
        (1, 22, ["1 бет, 22 құжат", "1 страница, 22 документа", "1 page, 22 documents"]),
        (5, 1, ["5 бет, 1 құжат", "5 страниц, 1 документ", "5 pages, 1 document"]),
    ],
)
def test_what_was_read_is_counted_as_each_language_counts(report, pages, documents, said):
    read = msgspec.structs.replace(report, pages=pages, documents=documents)

    assert [Account(report=read, language=code).facts["read"] for code in LANGUAGES] == said


@pytest.mark.parametrize("how", ["hreflang", "switch", "address", "menu", "date"])
def test_how_two_versions_of_a_page_were_found_is_said_in_words(how):
    said = [said_place(paired_by(how), language) for language in LANGUAGES]

    assert len(set(said)) == 3
    assert paired_by(how) not in said


@pytest.mark.parametrize(
    ("language", "said"), [("kk", "2-бет"), ("ru", "страница 2"), ("en", "page 2")]
)
def test_every_report_says_places_in_its_language(report, language, said):
    scanned = Place(where="page 2", address="http://site.example/a.pdf", note="scanned_page")
    found = Finding(rule="D001", outcome=Outcome.FAILED, places=(scanned,))
    told = with_findings(report, found)

    assert f"http://site.example/a.pdf · {said}\n" in as_text(told, language)
    assert f"<code>{said}</code>" in as_html(told, language)
    assert f",{said}," in findings_csv(told, language)
    assert '"page 2"' in findings_json(told)


def test_entries_come_by_what_needs_work_first(report):
    groups = [entry.group for entry in entries(report, "kk")]

    assert groups == sorted(groups, key=ORDER.index)
    assert {"failed", "cannot_tell", "question", "passed", "inapplicable"} == set(groups)


def test_report_of_an_edition_nobody_knows_is_refused(report):
    unknown = msgspec.structs.replace(report, in_force=DAY)

    with pytest.raises(CatalogueError, match=f"no edition of {DAY}"):
        edition_of(unknown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_tells_every_finding_once_within_its_width(report, language):
    text = as_text(report, language, width=80)

    details = text[text.index("───") :]
    told = re.findall(r"^ +[✗?✓–-] ([SPDHR]\d{3}) ", details, re.MULTILINE)
    assert sorted(told) == [finding.rule for finding in report.findings]
    too_long = [line for line in text.splitlines() if len(line) > 80]
    assert [line for line in too_long if "http" not in line and "SHA-256" not in line] == []
    assert "\x1b" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_loses_no_number_in_a_narrow_terminal(report, language):
    # all that a family can end with, and as many as make two digits
    ended = [Outcome.FAILED] * 12 + [Outcome.CANNOT_TELL] * 11
    rules = [code for code, rule in sorted(load().items()) if rule.kind == "page"]
    found = [Finding(rule=c, outcome=o) for c, o in zip(rules, ended, strict=False)]

    text = as_text(with_findings(report, *found), language, width=40)

    head = text[: text.index("───")]
    assert [line for line in head.splitlines() if len(line) > 40 and "http" not in line] == []
    counted = re.findall(r"  +(\d+|·)(?=  |$)", head, re.MULTILINE)
    assert sum(int(each) for each in counted if each != "·") == len(found)
    assert re.search(rf"^✗ {word('failed', language)}$", head, re.MULTILINE)


def test_text_tells_places_with_one_cause_together_and_counts_the_rest(report):
    found = next(each for each in report.findings if each.rule == "P004")
    lines = as_text(with_findings(report, found), "ru").splitlines()

    note = say(load()["P004"].text.notes["missing"], "ru")

    start = lines.index(f"    {note}")
    assert lines[start + 1 : start + 5] == [
        "      - http://site.example/… (30)",
        "          http://site.example/0 · html > body > img · <b>.png",
        "          http://site.example/1 · html > body > img · <b>.png",
        f"          … {word('further', 'ru').format(28)}",
    ]


def test_text_of_many_notes_and_hidden_places_says_how_many_more(report):
    places = tuple(
        Place(where="body", address=f"http://{number}.example/{number}/{number}.html")
        for number in range(15)
    )
    failed = Finding(rule="P004", outcome=Outcome.FAILED, places=places, more=7)

    lines = as_text(with_findings(report, failed), "en").splitlines()

    start = lines.index("    Places:")
    assert lines[start + 11 : start + 13] == ["      … and 5 more", "    … and 7 more"]


@pytest.mark.parametrize("shape", [as_text, as_html])
def test_report_says_when_the_site_was_not_read_to_the_end(report, shape):
    cut = msgspec.structs.replace(report, was_cut=True)

    said = [word("cut", "kk") in shape(each, "kk") for each in (report, cut)]

    assert said == [False, True]


def test_text_in_colour_is_for_terminals_only(report):
    assert "\x1b[" in as_text(report, "en", colour=True)


def test_text_says_when_nothing_failed(report):
    passed = Finding(rule="P001", outcome=Outcome.PASSED)

    text = as_text(with_findings(report, passed), "en")

    assert f"  {word('nothing_failed', 'en')}" in text.splitlines()
    assert text.splitlines()[-1] == word("caution", "en")


def test_json_gives_the_report_back(report, tmp_path):
    path = tmp_path / "report.json"
    path.write_text(findings_json(report), "utf-8")

    read = read_written(path)

    assert {name: getattr(read, name) for name in Report.__struct_fields__} == {
        name: getattr(report, name) for name in Report.__struct_fields__
    }
    assert list(read.rules) == sorted(finding.rule for finding in report.findings)
    assert read.rules["P004"].title == load()["P004"].text.title


def test_csv_has_a_row_per_place_or_finding(report):
    rows = list(csv.reader(io.StringIO(findings_csv(report, "kk"))))

    assert rows[0] == [word(key, "kk") for key in COLUMNS]
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert len(rows) - 1 == sum(max(1, len(finding.places)) for finding in report.findings)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_never_starts_a_formula(report, start):
    place = Place(where=f"{start}A1", saw=f"{start}HYPERLINK()", address="http://a", note="missing")
    failed = Finding(rule="P004", outcome=Outcome.FAILED, places=(place,))

    row = list(csv.reader(io.StringIO(findings_csv(with_findings(report, failed), "en"))))[1]

    shown = start.replace("\r", " ")
    assert row[9:11] == [f"'{shown}A1", f"'{shown}HYPERLINK()"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_is_one_accessible_page(report, language):
    html = as_html(report, language)
    tree = LexborHTMLParser(html)

    assert tree.root.attributes["lang"] == language
    assert len(tree.css("h1")) == len(tree.css("title")) == len(tree.css("main")) == 1
    told = tree.css("article[id], article > ul > li[id]")
    assert sorted(each.id for each in told) == [finding.rule for finding in report.findings]
    assert tree.css("script, img, link, [onclick], [src]") == []
    assert {th.attributes.get("scope") for th in tree.css("th")} == {"row", "col", "rowgroup"}
    assert len({node.attributes["id"] for node in tree.css("[id]")}) == len(tree.css("[id]"))
    targets = {link.attributes["href"][1:] for link in tree.css("a[href^='#']")}
    assert targets <= {node.attributes["id"] for node in tree.css("[id]")}


def test_html_shows_what_a_site_wrote_as_text(report):
    evil = "<script>alert(1)</script>"
    place = Place(where=evil, saw=f'"{evil}', address=f"javascript:{evil}", note="missing")
    failed = Finding(rule="P004", outcome=Outcome.FAILED, places=(place,), more=7)

    html = as_html(with_findings(report, failed), "en")

    tree = LexborHTMLParser(html)
    assert tree.css("script") == []
    assert [link.attributes["href"] for link in tree.css("td a")] == []
    assert word("further", "en").format(7) in html
