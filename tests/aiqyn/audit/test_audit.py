from datetime import date
from random import Random

import msgspec
import pytest

from aiqyn import regulations as acts
from aiqyn.audit import LiveReader, Reader, audit_site, edition_on, report_of
from aiqyn.chain import Count, Finding, Outcome, Place
from aiqyn.errors import CatalogueError
from aiqyn.fetch.manifest import Cut, sha256_of_manifest
from aiqyn.fetch.store import Store
from aiqyn.live import live_reading
from aiqyn.regulations import Requirement, editions, regulations
from aiqyn.subjects.site import About
from tests.aiqyn.worked import ORIGIN, PHRASE, crawl, document, edition_of, evidence_of, site_of

AS_OF = date(2026, 11, 20)
EDITION = edition_on("sites", AS_OF)


def asked(code, **params):
    return Requirement(clause=PHRASE, rule=code, params=params)


def findings(kept, *requirements, reader=None):
    edition = edition_of(*requirements)
    report = audit_site(kept.manifest, kept.store, edition, as_of=AS_OF, reader=reader)
    return {finding.rule: finding for finding in report.findings}


def many_pages(count, html):
    links = "".join(f'<a href="/p{number:04}">{number}</a>' for number in range(count))
    pages = {f"/p{number:04}": f"<p>{number}</p>{html}" for number in range(count)}
    return crawl({"/": links} | pages)


def test_report_has_one_finding_per_requirement_in_order_of_code():
    kept = crawl({"/": "<title>Басты бет</title>"})

    report = audit_site(kept.manifest, kept.store, EDITION, as_of=AS_OF)

    assert [finding.rule for finding in report.findings] == sorted(
        requirement.rule for requirement in EDITION.requires
    )
    assert (report.start, report.regulation, report.in_force, report.as_of) == (
        f"{ORIGIN}/",
        "sites",
        date(2025, 3, 31),
        AS_OF,
    )
    assert report.manifest_sha256 == sha256_of_manifest(kept.manifest)
    assert {finding.evidence for finding in report.findings} == {report.manifest_sha256}


def test_page_rule_counts_pages_and_lists_its_first_hundred_places():
    kept = many_pages(600, "<img src=a.png><img src=b.png>")

    found = findings(kept, asked("P004"))["P004"]

    assert (found.outcome, found.count) == (Outcome.FAILED, Count(good=0, of=600))
    assert (len(found.places), found.more) == (100, 1100)
    assert [place.address for place in found.places[::2]] == [
        f"{ORIGIN}/p{number:04}" for number in range(50)
    ]
    assert all(place.evidence for place in found.places)


def test_one_page_never_lists_more_than_a_hundred_places():
    kept = crawl({"/": "<img src=a.png>" * 250})

    found = findings(kept, asked("P004"))["P004"]

    assert (len(found.places), found.more) == (100, 150)


def test_page_that_cannot_be_judged_does_not_count():
    kept = crawl({"/": '<html lang="kk"><p>Аз мәтін</p>', "/a": "<p>Тіл жоқ</p>"})

    assert findings(kept, asked("P002"))["P002"].count == Count(good=0, of=1)


def test_rule_about_what_is_nowhere_is_inapplicable():
    found = findings(crawl({"/": "<p>Мәтін</p>"}), asked("P008"), asked("D001"))

    assert [each.outcome for each in found.values()] == [Outcome.INAPPLICABLE] * 2


def test_commonest_doubt_is_told_when_nothing_could_be_judged():
    kept = crawl({"/": '<html lang="kk"><p>Аз мәтін</p>'})
    digest = sha256_of_manifest(kept.manifest)

    (page,) = kept.manifest.evidence
    assert findings(kept, asked("P002"))["P002"] == Finding(
        rule="P002",
        outcome=Outcome.CANNOT_TELL,
        evidence=digest,
        places=(Place(where="", address=page.url, evidence=page.sha256),),
        note="little_text",
    )


def test_question_to_a_person_stays_open():
    found = findings(crawl({"/": ""}), asked("H001"))["H001"]

    assert (found.outcome, found.note) == (Outcome.CANNOT_TELL, "question")


RICH = {
    "/": {"to": "/kk/"},
    "/kk/": '<title>1</title><a href="/kk/news/">Жаңалықтар</a><a href="/ru/">Рус</a><img src=x>',
    "/kk/news/": "<h1>Жаңалықтар</h1>"
    + "".join(
        f'<a href="/kk/news/{number}"></a><a href="?p={number}">x</a>' for number in range(9)
    ),
    **{
        f"/kk/news/{number}": f"<title>{number % 3}</title><p>{number}.11.2026</p><img src=y>"
        for number in range(1, 9)
    },
    "/ru/": '<base href="/ru/deep/"><a href="a">1</a><a href="/old">2</a>',
    "/ru/deep/a": "<p>В районе на реке и по всей области к воде</p>" * 9,
    "/old": {"to": "/kk/news/1"},
    "/older": {"to": "/kk/news/1"},
    "/robots.txt": {"html": "User-agent: *\nDisallow: /x", "role": "robots"},
    "/sitemap.xml": {"html": "<urlset/>", "role": "sitemap"},
    "/down": {"failure": "timeout", "status": 0},
    "/random-probe": {"status": 404, "role": "probe"},
}


@pytest.mark.parametrize("seed", range(5))
def test_findings_are_the_same_to_the_byte_live_in_any_order_and_from_evidence(seed):
    kept = crawl(RICH)
    live = Reader(EDITION, as_of=AS_OF)
    shuffled = [each for each in kept.manifest.evidence if each.sha256]
    Random(seed).shuffle(shuffled)
    for evidence in shuffled:
        live.read(evidence, kept.store[evidence.sha256])

    from_reader = audit_site(kept.manifest, kept.store, EDITION, as_of=AS_OF, reader=live)
    from_store = audit_site(kept.manifest, kept.store, EDITION, as_of=AS_OF)

    assert msgspec.json.encode(from_reader) == msgspec.json.encode(from_store)


def test_reader_that_saw_half_gets_the_rest_from_the_store():
    kept = crawl(RICH)
    half = Reader(EDITION, as_of=AS_OF)
    for evidence in kept.manifest.evidence[::2]:
        half.read(evidence, kept.store[evidence.sha256] if evidence.sha256 else b"")

    report = audit_site(kept.manifest, kept.store, EDITION, as_of=AS_OF)

    assert audit_site(kept.manifest, kept.store, EDITION, as_of=AS_OF, reader=half) == report


def test_page_read_before_with_other_bytes_is_read_again():
    before, now = crawl({"/": "<title>Бұрын</title>"}), crawl({"/": "<p>Атаусыз</p>"})
    reader = Reader(edition_of(asked("P001")), as_of=AS_OF)
    for evidence in before.manifest.evidence:
        reader.read(evidence, before.store[evidence.sha256])

    assert findings(now, asked("P001"), reader=reader)["P001"].outcome is Outcome.FAILED


def test_answer_that_is_no_page_is_neither_judged_nor_followed():
    kept = crawl({"/": {"html": '<a href="/a">1</a>', "status": 500}})
    reader = Reader(EDITION, as_of=AS_OF)

    hrefs = reader.read(kept.manifest.evidence[0], b'<a href="/a">1</a>')

    assert (hrefs, reader.facts) == ((), {})


LINKS = '<a href="a">1</a><a href="/a">2</a><a href="mailto:x@y.kz">3</a><a href="http://[">4</a>'


@pytest.mark.parametrize(
    ("html", "hrefs"),
    [
        (LINKS, ["a", "/a", "mailto:x@y.kz", "http://["]),
        ('<base href="/deep/"><a href="a">1</a><a href="#top">2</a>', [f"{ORIGIN}/deep/a"]),
        ('<base href="http://["><a href="a">1</a>', [f"{ORIGIN}/a"]),
    ],
)
def test_reader_returns_raw_hrefs_and_absolute_ones_where_the_page_has_a_base(html, hrefs):
    content = html.encode()
    reader = Reader(EDITION, as_of=AS_OF)

    assert list(reader.read(evidence_of(f"{ORIGIN}/", content), content)) == hrefs


def test_reader_reads_documents():
    kept = crawl({"/": '<a href="/a.pdf">1</a>'})
    content = document(("(broken)",))
    evidence = msgspec.structs.replace(
        kept.manifest.evidence[0], url=f"{ORIGIN}/a.pdf", role="document", sha256="d" * 64
    )
    reader = Reader(edition_of(asked("D002")), as_of=AS_OF)

    assert (reader.has(evidence), reader.read(evidence, content)) == (False, ())
    assert reader.has(evidence)


@pytest.mark.parametrize(
    ("why", "outcome"), [("max_pages", "cannot_tell"), ("max_external_links", "failed")]
)
def test_crawl_that_was_cut_short_accuses_nobody_of_missing_sections(why, outcome):
    kept = crawl({"/": "<p>Мәтін</p>"})
    cut = Cut(why=why, count=1, example=f"{ORIGIN}/x")
    kept.manifest = msgspec.structs.replace(kept.manifest, cuts=(cut,))

    assert findings(kept, asked("S004"))["S004"].outcome == outcome
    report = audit_site(kept.manifest, kept.store, EDITION, as_of=AS_OF)
    assert report.was_cut == (outcome == "cannot_tell")


def test_addresses_that_go_round_in_circles_are_told_where_the_crawl_left_them():
    kept = crawl({"/": "<a href='/info/info'>Мәтін</a>", "/info/info": "<p>Мәтін</p>"})
    cut = Cut(why="max_repeats", where=ORIGIN, count=3, example=f"{ORIGIN}/info/info/info")
    assert findings(kept, asked("S095"))["S095"].outcome == "passed"
    kept.manifest = msgspec.structs.replace(kept.manifest, cuts=(cut,))

    found = findings(kept, asked("S095"))["S095"]

    assert found.outcome == "failed"
    assert [(place.saw, place.note) for place in found.places] == [(cut.example, "circle")]


def test_live_reader_tells_the_report_at_the_end(tmp_path):
    kept = crawl(RICH)
    store = Store(str(tmp_path / "objects"))
    for content in kept.store.values():
        store.put(content)
    reading = live_reading(str(tmp_path), "sites", AS_OF, About(code="kz-example"))
    live = LiveReader(*reading.args)
    for evidence in kept.manifest.evidence:
        live.read(evidence, kept.store.get(evidence.sha256) if evidence.sha256 else b"")

    report = report_of(live.result(kept.manifest))

    again = audit_site(kept.manifest, store, EDITION, as_of=AS_OF)
    assert reading.factory == "aiqyn.audit:LiveReader"
    assert report == msgspec.structs.replace(again, body="kz-example")


def test_edition_in_force_is_the_last_that_started():
    days = [date(2025, 3, 31), AS_OF]

    assert [edition_on("sites", day).in_force for day in days] == [date(2025, 3, 31)] * 2
    assert edition_on("openness", date(2021, 4, 19)).in_force == date(2020, 3, 30)


def test_day_before_the_first_edition_is_refused():
    with pytest.raises(CatalogueError, match="no edition is in force on 2016-01-27"):
        edition_on("sites", date(2016, 1, 27))


def test_unknown_regulation_is_refused():
    with pytest.raises(CatalogueError, match="no edition of this regulation is known"):
        editions("roads")


def test_every_edition_is_written_as_its_file_says_and_speaks_three_languages():
    for name in regulations():
        for edition in editions(name):
            phrases = [edition.act, edition.note, *(each.clause for each in edition.requires)]
            assert [set(phrase) for phrase in phrases] == [{"kk", "ru", "en"}] * len(phrases)


HEAD = """
regulation: {regulation}
in_force: 2025-01-01
act: {{kk: a, ru: a, en: a}}
source: a
note: {{kk: a, ru: a, en: a}}
requires:
  - clause: {{kk: a, ru: a, en: a}}
    rule: {rule}
    params: {params}
"""


@pytest.mark.parametrize(
    ("regulation", "rule", "params", "problem"),
    [
        ("roads", "P001", "{}", "says roads, 2025-01-01"),
        ("sites", "P999", "{}", r"unknown rule P999 at \$\.requires\[0\]"),
        ("sites", "P001", "{longest: 3}", r"P001 has no parameter longest at \$\.requires\[0\]"),
        ("sites", "H001", "{longest: 3}", r"H001 has no parameter longest at \$\.requires\[0\]"),
        ("sites", "P001", "[]", "Expected `object`, got `array`"),
    ],
)
def test_edition_that_does_not_fit_is_refused(
    tmp_path, monkeypatch, regulation, rule, params, problem
):
    folder = tmp_path / "regulations" / "sites"
    folder.mkdir(parents=True)
    text = HEAD.format(regulation=regulation, rule=rule, params=params)
    (folder / "2025-01-01.yaml").write_text(text)
    monkeypatch.setattr(acts, "ROOT", tmp_path)
    acts._edition.cache_clear()

    with pytest.raises(CatalogueError, match=problem):
        editions("sites")
    acts._edition.cache_clear()


@pytest.mark.parametrize(
    ("target", "first", "outcomes"),
    [
        ("/kk/", "/kk/", ["passed", "passed"]),
        ("/gone", "/", ["passed", "failed"]),
        ("http://[x", "/", ["passed", "failed"]),
    ],
)
def test_first_page_that_only_sends_on_is_not_judged(target, first, outcomes):
    forward = f'<meta http-equiv="refresh" content="0; url={target}">'
    home = f"<title>Аудан әкімдігі</title><input type=search><a href='/'>1</a><p>{'сөз ' * 99}"
    kept = crawl({"/": forward, "/kk/": home})

    found = findings(kept, asked("P001"), asked("S008"))

    assert site_of(kept).first.address == f"{ORIGIN}{first}"
    assert [finding.outcome for finding in found.values()] == outcomes
