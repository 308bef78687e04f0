"""The server of the example sites answers as `serve.yaml` says."""

import http.client
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from examples.serve import Served, serve

ROOT = Path(__file__).parents[2]
SETTINGS = """
as_of: 2025-11-20
origin: https://x.example
redirects:
  /: /kk/
missing:
  status: {missing}
answers:
  /busy.html: {{status: 500}}
  /old.html: {{charset: windows-1251}}
  /silent.html: {{charset: ""}}
  /slow.html: {{seconds: 0.05}}
  /file: {{media_type: application/pdf}}
  /cut.html: {{cut: true}}
search: [/kk/search/]
"""
SEARCH = "<h1>Іздеу</h1><main>жол</main><!-- none: Жоқ --><!-- results -->"


def site(folder: Path, *, missing: int = 404) -> Path:
    public = folder / "public"
    (public / "kk").mkdir(parents=True)
    (folder / "secret.txt").write_text("secret")
    (folder / "serve.yaml").write_text(SETTINGS.format(missing=missing))
    for name in ("kk/index", "kk/404", "404", "busy", "old", "silent", "slow"):
        (public / f"{name}.html").write_text(f"<p>{name}</p>")
    for name, text in (("search", SEARCH), ("road", "<main><h1>Жол &amp; көпір</h1>су</main>")):
        (public / "kk" / name).mkdir()
        (public / "kk" / name / "index.html").write_text(text)
    (public / "file").write_bytes(b"%PDF-")
    (public / "sitemap.xml").write_text("<loc>https://x.example/kk/</loc>")
    return folder


@pytest.fixture
def served(tmp_path) -> Iterator[Served]:
    with serve(site(tmp_path)) as running:
        yield running


def ask(served: Served, path: str, method: str = "GET") -> tuple[int, str, str]:
    """Return status, Content-Type and body; redirects are not followed."""
    connection = http.client.HTTPConnection(urlsplit(served.url).netloc, timeout=10)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, answer.headers["Content-Type"] or "", answer.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/kk/", (200, "text/html; charset=utf-8", "<p>kk/index</p>")),
        ("/kk/index.html?q=1", (200, "text/html; charset=utf-8", "<p>kk/index</p>")),
        ("/kk/none/", (404, "text/html; charset=utf-8", "<p>kk/404</p>")),
        ("/none.html", (404, "text/html; charset=utf-8", "<p>404</p>")),
        ("/none.pdf", (404, "application/octet-stream", "")),
        ("/../secret.txt", (404, "application/octet-stream", "")),
        ("/%2e%2e/secret.txt", (404, "application/octet-stream", "")),
        ("/busy.html", (500, "text/html; charset=utf-8", "<p>busy</p>")),
        ("/old.html", (200, "text/html; charset=windows-1251", "<p>old</p>")),
        ("/silent.html", (200, "text/html", "<p>silent</p>")),
        ("/slow.html", (200, "text/html; charset=utf-8", "<p>slow</p>")),
        ("/file", (200, "application/pdf", "%PDF-")),
    ],
)
def test_address_is_answered_as_the_settings_say(served, path, answer):
    assert ask(served, path) == answer


def test_missing_page_pretends_to_be_there_when_the_settings_say_so(tmp_path):
    with serve(site(tmp_path, missing=200)) as served:
        answers = [ask(served, path)[0] for path in ("/kk/none/", "/none.html", "/none.pdf")]

    assert answers == [200, 200, 404]


def test_redirect_says_where(served):
    assert ask(served, "/") == (302, "", "")


def test_head_is_answered_without_a_body(served):
    assert ask(served, "/kk/", "HEAD") == (200, "text/html; charset=utf-8", "")


def test_texts_name_the_servers_own_address(served):
    _, _, body = ask(served, "/sitemap.xml")

    assert body == f"<loc>{served.url}kk/</loc>"


@pytest.mark.parametrize(
    ("words", "results"),
    [
        ("ЖОЛ су", '<ul class="entries"><li><a href="/kk/road/">Жол &amp; көпір</a></li></ul>'),
        ("жол темір", "<p>Жоқ</p>"),
    ],
)
def test_search_links_to_the_pages_that_hold_every_word(served, words, results):
    _, _, body = ask(served, f"/kk/search/?q={quote(words)}")

    assert body == SEARCH.replace("<!-- results -->", results)


def test_search_page_without_words_is_shown_as_it_is(served):
    assert ask(served, "/kk/search/?q=")[2] == SEARCH


def test_connection_is_cut_off_when_the_settings_say_so(served):
    with pytest.raises(http.client.RemoteDisconnected):
        ask(served, "/cut.html")


def test_nobody_outside_this_machine_is_served(served):
    assert urlsplit(served.url).hostname == "127.0.0.1"


@pytest.mark.usefixtures("ctrl_c_heard")
def test_command_line_serves_until_it_is_interrupted(tmp_path):
    command = [sys.executable, "-m", "examples.serve", str(site(tmp_path)), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        first = running.stdout.readline()
        status, _, _ = ask(Served(first.split()[0], None), "/kk/")
        running.send_signal(signal.SIGINT)
        try:
            code = running.wait(timeout=20)
        finally:
            running.kill()

    assert (status, code) == (200, 0)
    assert first.endswith("as of 2025-11-20; Ctrl+C stops it\n")
