"""Nothing a page does takes the browser past the guard, robots.txt or the caps."""

from pathlib import Path

import msgspec
import pytest

from aiqyn.fetch.limits import Limits
from aiqyn.fetch.store import Store
from aiqyn.rendering import Sampling, door, render
from aiqyn.subjects.rendering import Drawn
from tests.aiqyn.rendering.places import LIMITS, crawled, page, served

pytestmark = pytest.mark.usefixtures("drawing", "without_axe")
STRICT = Limits(per_host_per_second=0)  # private addresses are refused
EVERY_WAY = """<!doctype html><title>1</title><link rel="prefetch" href="{u}/prefetch">
<link rel="preconnect" href="{u}"><link rel="stylesheet" href="{u}/style.css">
<link rel="preload" as="font" href="{u}/font.woff2" crossorigin>
<link rel="icon" href="{u}/icon.ico">
<script src="{u}/script.js"></script><script type="speculationrules">
{{"prefetch": [{{"urls": ["{u}/speculated"]}}],
"prerender": [{{"urls": ["{u}/prerendered"]}}]}}</script>
<img src="{u}/image.png"><iframe src="{u}/frame"></iframe><video src="{u}/v.mp4" autoplay></video>
<object data="{u}/object"></object><p>Мәтін</p><a ping="{u}/ping" href="#">1</a><script>
fetch("{u}/fetched"); fetch("{u}/posted", {{method: "POST", body: "1"}});
navigator.sendBeacon("{u}/beacon", "1"); new EventSource("{u}/events");
new WebSocket("{u}/socket".replace("http", "ws")); new Image().src = "http://localhost:{p}/local";
new Image().src = "http://[::1]:{p}/six"; new Image().src = "http://2130706433:{p}/number";
new Image().src = "http://169.254.169.254/latest/meta-data/";
try {{ new Worker("{u}/worker.js"); }} catch (e) {{}}
navigator.serviceWorker?.register("/sw.js");
const peer = new RTCPeerConnection({{iceServers: [{{urls: "stun:127.0.0.1:{p}"}}]}});
peer.createDataChannel("x"); peer.createOffer().then((o) => peer.setLocalDescription(o));
document.querySelector("a").click(); window.open("{u}/opened");
</script>"""


def kept_drawing(manifest, folder):
    (rendered,) = [each for each in manifest.evidence if each.role == "rendered"]
    assert rendered.failure == ""
    return msgspec.json.decode(Store(f"{folder}/objects").get(rendered.sha256), type=Drawn)


def test_no_way_leads_to_a_private_address(tmp_path):
    with served({}) as place:
        port = place.url.rpartition(":")[2]
        html = EVERY_WAY.format(u=place.url, p=port)
        place.pages["/"] = page(html)
        crawled(place, tmp_path)
        manifest = render(str(tmp_path), limits=STRICT, sampling=Sampling(pages=1, seconds=60))

    assert place.asked == []
    seen = kept_drawing(manifest, tmp_path)
    assert (seen.unstyled, seen.scripts_missing) == ((f"{place.url}/style.css",), True)


def test_only_reading_gets_through_where_private_addresses_are_allowed(tmp_path):
    with served({"/robots.txt": ("text/plain", b"User-agent: *\nDisallow: /image.png")}) as place:
        # The door opens to every private address here, and the suite stops what leaves the machine.
        html = EVERY_WAY.format(u=place.url, p=9).replace("//169.254.169.254/", "//127.0.0.1:9/")
        place.pages["/"] = page(html)
        crawled(place, tmp_path)
        render(str(tmp_path), limits=LIMITS, sampling=Sampling(pages=1))

    asked = set(place.asked)
    refused = {"/image.png", "/posted", "/beacon", "/ping", "/socket", "/v.mp4", "/sw.js"}
    assert {line for line in asked if line.split()[0] != "GET"} == set()
    assert {path for path in refused if f"GET {path}" in asked} == set()
    assert {"GET /robots.txt", "GET /style.css", "GET /script.js", "GET /fetched"} <= asked


def test_page_itself_is_not_asked_again_and_shared_files_once(tmp_path):
    link = '<link rel="stylesheet" href="/s.css"><link rel="stylesheet" href="/gone.css">'
    site = {
        "/": page(f"<title>1</title>{link}<a href=/2>2</a><p>1"),
        "/2": page(f"<title>2</title>{link}<p>2"),
        "/s.css": ("text/css", b"p { color: #000 }"),
    }
    with served(site) as place:
        crawled(place, tmp_path)
        manifest = render(str(tmp_path), limits=LIMITS, sampling=Sampling(pages=2, at_once=1))

    assert sorted(place.asked) == ["GET /gone.css", "GET /robots.txt", "GET /s.css"]
    store = Store(f"{tmp_path}/objects")
    drawn = [
        msgspec.json.decode(store.get(each.sha256), type=Drawn)
        for each in manifest.evidence
        if each.role == "rendered"
    ]
    assert [each.unstyled for each in drawn] == [(), ()]


def test_robots_may_be_overruled_on_ones_own_site(tmp_path):
    limits = Limits(allow_private=True, per_host_per_second=0, obey_robots=False)
    site = {
        "/": page('<title>1</title><link rel="stylesheet" href="/s.css"><p>1'),
        "/robots.txt": ("text/plain", b"User-agent: *\nDisallow: /s.css"),
        "/s.css": ("text/css", b"p { color: #000 }"),
    }
    with served(site) as place:
        crawled(place, tmp_path, limits)
        render(str(tmp_path), limits=limits, sampling=Sampling(pages=1))

    assert place.asked == ["GET /s.css"]


def test_style_sheets_we_are_kept_out_of_are_our_lack(tmp_path):
    links = "".join(f'<link rel="stylesheet" href="/{name}.css">' for name in ("robots", "status"))
    site = {
        "/": page(f"<title>1</title>{links}<p>1"),
        "/robots.txt": ("text/plain", b"User-agent: *\nDisallow: /robots.css"),
        "/status.css": 403,
    }
    with served(site) as place:
        crawled(place, tmp_path)
        manifest = render(str(tmp_path), limits=LIMITS, sampling=Sampling(pages=1))

    assert kept_drawing(manifest, tmp_path).unstyled == (
        f"{place.url}/robots.css",
        f"{place.url}/status.css",
    )


def test_requests_of_one_page_are_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(door, "MOST_REQUESTS", 3)
    pictures = "".join(f"<img src=/{number}.png>" for number in range(9))
    with served({"/": page(f"<title>1</title>{pictures}<img src='http:///'><p>1")}) as place:
        crawled(place, tmp_path)
        render(str(tmp_path), limits=LIMITS, sampling=Sampling(pages=1))

    assert len([line for line in place.asked if ".png" in line]) == 3


def test_large_answers_are_not_remembered(tmp_path, monkeypatch):
    monkeypatch.setattr(door, "MOST_REMEMBERED", 10)
    site = {
        "/": page("<title>1</title><script src=/a.js></script><script src=/a.js></script><p>1"),
        "/a.js": ("text/javascript", b"/* longer than ten bytes */"),
    }
    with served(site) as place:
        crawled(place, tmp_path)
        render(str(tmp_path), limits=LIMITS, sampling=Sampling(pages=1))

    assert place.asked.count("GET /a.js") >= 1


def test_rendering_brings_its_own_script():
    assert (Path(door.__file__).parent / "look.js").is_file()


def test_page_is_drawn_without_what_has_no_turn_in_its_time(tmp_path):
    limits = Limits(allow_private=True, per_host_per_second=2)
    links = "".join(f'<link rel="stylesheet" href="/{name}.css">' for name in "ab")
    pages = {
        "/": page(f"<title>1</title>{links}<p>Мәтін"),
        "/robots.txt": ("text/plain", b"User-agent: *\nCrawl-delay: 3600"),
        "/a.css": ("text/css", b"p { color: red }"),
        "/b.css": ("text/css", b"p { color: red }"),
    }
    with served(pages) as place:
        crawled(place, tmp_path)
        manifest = render(str(tmp_path), limits=limits, sampling=Sampling(pages=1, seconds=60))

    # The first turn after that of robots.txt was given before the delay was known.
    assert len(kept_drawing(manifest, tmp_path).unstyled) == 1
