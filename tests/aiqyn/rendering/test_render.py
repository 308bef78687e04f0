"""A site on loopback is drawn by a real Chromium; what it says of the page is judged."""

import json
from datetime import date

import msgspec
import pytest

from aiqyn.audit import audit_site, edition_on
from aiqyn.chain import Evidence
from aiqyn.fetch.manifest import load
from aiqyn.fetch.store import Store
from aiqyn.rendering import BrowserMissing, Sampling, browser, look, missing, render
from aiqyn.subjects.rendering import Drawn
from tests.aiqyn.rendering.places import LIMITS, crawled, page, served

FULL = """<!doctype html><html lang="kk"><head><title>Әкімдік</title>
<link rel="stylesheet" href="/style.css"><script src="/bvi.js"></script></head><body>
<header><nav><a href="/kk/">Басты бет</a> <a href="/news" tabindex="-1">Жаңалықтар</a>
<a class="plain" href="/budget">Бюджет</a></nav>
<button id="bvi" onclick="document.body.classList.toggle('large')">Нашар көретіндерге</button>
</header>
<main><h1>Аудан әкімдігі</h1><p class="pale">Бозғылт мәтін</p>
<img src="/akim.jpg"><div class="wide">Кең кесте</div><div class="turning">Айналады</div>
<marquee>Жүгірме жол</marquee>
<audio src="/anuran.mp3" autoplay></audio>
<video src="/v.mp4" autoplay muted width=90 height=90></video>
<p>{text}</p></main><div style="height: 1200px"></div></body></html>"""
STYLE = """body { font: 16px sans-serif; color: #222; background: #fff }
.large { font-size: 28px } .pale { color: #bbb } .wide { width: 900px }
.plain:focus { outline: none }
.turning { width: 90px; animation: turn 3s infinite linear }
@keyframes turn { to { transform: rotate(1turn) } }"""
SITE = {
    "/": page(FULL.replace("{text}", "Ауданның тұрғындарына арналған мәлімет. " * 20)),
    "/style.css": ("text/css", STYLE.encode()),
    "/bvi.js": ("text/javascript", b"window.bvi = 1"),
    "/news": page("<title>2</title><p>Жаңалықтар"),
    "/akim.jpg": ("image/jpeg", b"\xff\xd8\xff"),
}
PLAIN = {
    "/": page("<title>1</title><a href=/2>2</a><p>Мәтін"),
    "/2": page("<title>2</title><p>Мәтін"),
}


@pytest.fixture(scope="module")
def whole(chromium, tmp_path_factory):
    """The site drawn once: where it is, its folder, its manifest and what was told on the way."""
    folder = tmp_path_factory.mktemp("drawn")
    with served(SITE) as place:
        crawled(place, folder)
        yield place, folder, *draw(place, folder)


def draw(place, folder, limits=LIMITS, **sampling):
    told = []
    manifest = render(
        str(folder),
        limits=limits,
        sampling=Sampling(**{"pages": 1, **sampling}),
        on_progress=lambda seen: told.append(seen) if seen.url else None,  # no mere pulse
    )
    return manifest, told


def drawn_of(manifest, folder):
    store = Store(f"{folder}/objects")
    return [
        msgspec.json.decode(store.get(each.sha256), type=Drawn)
        for each in manifest.evidence
        if each.role == "rendered" and each.sha256
    ]


def findings(manifest, folder):
    day = date(2026, 11, 20)
    store = Store(f"{folder}/objects")
    report = audit_site(manifest, store, edition_on("sites", day), as_of=day)
    return {each.rule: each for each in report.findings if each.rule[0] == "R"}, report


def paths(spots):
    return [spot.path for spot in spots]


def test_page_is_measured_kept_and_judged(whole):
    place, folder, manifest, told = whole

    (seen,) = drawn_of(manifest, folder)
    found, report = findings(manifest, folder)
    again = findings(load(str(folder)), folder)[1]
    outcomes = {code: finding.outcome.value for code, finding in found.items()}
    assert [(each.done, each.of) for each in told] == [(1, 1)]
    assert (seen.page, seen.is_first, seen.template) == (f"{place.url}/", True, "/")
    assert seen.browser.startswith("Chromium ")
    assert {each.id for each in seen.axe.violations} >= {"color-contrast", "image-alt", "marquee"}
    assert (seen.look.size, seen.look.colours) == (16.0, "rgb(34, 34, 34) / rgb(255, 255, 255)")
    assert (seen.phone.window, seen.zoomed.window, seen.phone.content > 900) == (360, 640, True)
    assert paths(seen.phone.wide) == ["html > body > main > div:nth-of-type(1)"]
    assert seen.tabbing.menu == 3
    assert paths(seen.tabbing.missed) == ["html > body > header > nav > a:nth-of-type(2)"]
    assert paths(seen.tabbing.unseen) == ["html > body > header > nav > a:nth-of-type(3)"]
    assert seen.tabbing.trap is None
    assert (len(seen.sounding), len(seen.playing)) == (1, 1)
    assert paths(seen.moving) == [
        "html > body > main > marquee",
        "html > body > main > div:nth-of-type(2)",
    ]
    assert (seen.special.spot.path, seen.special.after.size) == ("#bvi", 28.0)
    assert (seen.unstyled, seen.scripts_missing, seen.height > 1200) == ((), False, True)
    assert {code for code, outcome in outcomes.items() if outcome == "failed"} == {
        "R001", "R002", "R007", "R009", "R010", "R011", "R012",
    }  # fmt: skip
    assert outcomes["R013"] == outcomes["R014"] == "passed"
    assert again == report


def test_pictures_are_named_in_the_manifest_and_by_the_places(whole):
    _, folder, manifest, _ = whole

    pictures = {each.sha256: each for each in manifest.evidence if each.role == "picture"}
    store = Store(f"{folder}/objects")
    shown = {p.picture for f in findings(manifest, folder)[0].values() for p in f.places}
    assert len(pictures) > 2
    assert shown - {""} <= pictures.keys()
    assert shown - {""}
    assert all(store.get(each)[:3] == b"\xff\xd8\xff" for each in pictures)
    assert {each.media_type for each in pictures.values()} == {"image/jpeg"}


def test_what_was_drawn_is_not_drawn_again(whole, monkeypatch):
    place, folder, first, _ = whole
    place.asked.clear()
    monkeypatch.setattr(browser, "NAMES", ())

    again, told = draw(place, folder)

    assert again == first
    assert (told, place.asked) == ([], [])


def test_drawing_goes_on_where_it_was_cut_off(drawing, without_axe, tmp_path):
    with served(PLAIN) as place:
        crawled(place, tmp_path)
        first, _ = draw(place, tmp_path, pages=2)
        journal = tmp_path / "rendered.jsonl"
        whole = journal.read_bytes()
        journal.write_bytes(whole[:-20])
        again, told = draw(place, tmp_path, pages=2)

    assert [each.done for each in told] == [2]
    assert [(each.url, each.role) for each in again.evidence if each.role == "rendered"] == [
        (each.url, each.role) for each in first.evidence if each.role == "rendered"
    ]


def test_page_that_changed_is_drawn_again(drawing, without_axe, tmp_path):
    with served(dict(PLAIN)) as place:
        crawled(place, tmp_path / "one")
        draw(place, tmp_path / "one")
        place.pages["/"] = page("<title>1</title><p style='font-size: 40px'>Мәтін")
        crawled(place, tmp_path / "two")
        (tmp_path / "two" / "rendered.jsonl").write_bytes(
            (tmp_path / "one" / "rendered.jsonl").read_bytes()
        )
        manifest, told = draw(place, tmp_path / "two")

    assert len(told) == 1
    assert [each.look.size for each in drawn_of(manifest, tmp_path / "two")] == [40.0]


def test_page_that_hangs_the_browser_is_our_failure_and_the_rest_is_drawn(drawing, tmp_path):
    site = {
        "/": page("<title>1</title><a href=/2>2</a><script>while (true) {}</script>"),
        "/2": page("<title>2</title><p>Мәтін"),
    }
    with served(site) as place:
        crawled(place, tmp_path)
        first, _ = draw(place, tmp_path, pages=1, seconds=1)
        manifest, told = draw(place, tmp_path, pages=2)

    rendered = [each for each in manifest.evidence if each.role == "rendered"]
    assert [each.failure for each in first.evidence if each.role == "rendered"] == ["crash"]
    assert {each.note for each in findings(first, tmp_path)[0].values()} == {"none_drawn"}
    assert [
        (each.url.rpartition("/")[2], each.failure, bool(each.sha256)) for each in rendered
    ] == [
        ("#rendered", "crash", False),
        ("2#rendered", "", True),
    ]
    assert [each.done for each in told] == [2]
    found = findings(manifest, tmp_path)[0]
    assert (found["R001"].count.of, found["R001"].note) == (1, "not_all_drawn")


def test_axe_that_does_not_finish_leaves_the_other_measures(drawing, tmp_path, monkeypatch):
    monkeypatch.setattr(look, "AXE_S", 0.0)
    with served({"/": page("<title>1</title><p>Мәтін")}) as place:
        crawled(place, tmp_path)
        manifest, _ = draw(place, tmp_path)

    (seen,) = drawn_of(manifest, tmp_path)
    assert (seen.axe, seen.phone.window) == (None, 360)
    assert findings(manifest, tmp_path)[0]["R001"].note == "axe_stopped"


def test_keyboard_trap_is_found(drawing, tmp_path):
    html = """<title>1</title><nav><a href=/1>1</a></nav><button id=a>1</button>
    <button id=b>2</button><p>Мәтін<a href=/2>2</a><script>
    addEventListener("keydown", e => { if (e.key === "Tab") { e.preventDefault();
        document.getElementById(document.activeElement.id === "a" ? "b" : "a").focus(); } });
    </script>"""
    with served({"/": page(html)}) as place:
        crawled(place, tmp_path)
        manifest, _ = draw(place, tmp_path)

    trap = drawn_of(manifest, tmp_path)[0].tabbing.trap
    assert trap.path in ("#a", "#b")
    assert findings(manifest, tmp_path)[0]["R011"].outcome == "failed"


def test_special_version_on_a_page_of_its_own_is_followed(drawing, without_axe, tmp_path):
    site = {
        "/": page("<title>1</title><a href=/special>Версия для слабовидящих</a><p>" + "Мәтін " * 9),
        "/special": page("<title>2</title><body style='font-size: 40px'>" + "Мәтін " * 60),
        "/robots.txt": ("text/plain", b""),
    }
    with served(site) as place:
        crawled(place, tmp_path)
        manifest, _ = draw(place, tmp_path)

    special = drawn_of(manifest, tmp_path)[0].special
    assert (special.after.size, special.panel) == (40.0, False)


def test_special_version_that_goes_nowhere_is_not_judged(drawing, without_axe, tmp_path):
    site = {
        "/": page("<title>1</title><a href='http://127.0.0.1:9/'>Нашар көретіндерге</a><p>Мәтін")
    }
    with served(site) as place:
        crawled(place, tmp_path)
        manifest, _ = draw(place, tmp_path)

    found = findings(manifest, tmp_path)[0]
    assert found["R014"].outcome in ("cannot_tell", "failed")
    assert drawn_of(manifest, tmp_path)[0].special.spot.path.endswith("a")


def test_old_manifest_without_a_drawing_cannot_tell(tmp_path):
    with served({"/": page("<title>1</title><p>Мәтін")}) as place:
        manifest = crawled(place, tmp_path)

    found = findings(manifest, tmp_path)[0]
    assert {(each.outcome.value, each.note) for each in found.values()} == {
        ("cannot_tell", "not_rendered")
    }


def test_machine_without_chromium_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(browser, "NAMES", ("no-such-browser",))
    with served({"/": page("<title>1</title><p>Мәтін")}) as place:
        crawled(place, tmp_path)

        with pytest.raises(BrowserMissing, match="apt-get install chromium"):
            render(str(tmp_path), limits=LIMITS)


def test_machine_without_the_extra_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(missing, "PACKAGES", ("no_such_package",))

    with pytest.raises(BrowserMissing, match=r"aiqyn\[rendered\]"):
        missing.check_packages()


def test_chromium_that_does_not_start_says_so(tmp_path, monkeypatch):
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with served({"/": page("<title>1</title><p>Мәтін")}) as place:
        crawled(place, tmp_path / "kept")

        with pytest.raises(BrowserMissing, match="does not start"):
            render(str(tmp_path / "kept"), limits=LIMITS)


def test_journal_holds_one_line_a_page(whole):
    _, folder, *_ = whole

    lines = (folder / "rendered.jsonl").read_bytes().split()
    roles = [msgspec.json.decode(line, type=Evidence).role for line in lines]
    assert roles.count("rendered") == 1
    assert json.loads(lines[roles.index("rendered")])["media_type"] == "application/json"
