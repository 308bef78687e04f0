"""A site on loopback, and the real command."""

import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from aiqyn.cli import main

KK = (
    "Аудан әкімі халықпен кездесу өткізіп, тұрғындардың сұрақтарына жауап берді және жолдарды "
    "жөндеу, мектептерді салу мен ауыз сумен қамту мәселелері бойынша тапсырмалар берді. Жиында "
    "бюджеттің атқарылуы туралы есеп тыңдалды, жауапты басқармаларға мерзім белгіленді."
)
COST = (
    r"Cost per 1,000 pages: [\d.]+ s of CPU, [\d.]+ MB kept "
    r"\(2 pages, 0 documents, \d+ s in all\)\.\n"
)
HEAD = '<html lang="kk"><meta charset="utf-8">'
PAGES = {
    "/": f"{HEAD}<title>Басты бет</title><h1>Әкімдік</h1><p>{KK}</p>"
    '<a href="/b">Байланыс</a><img src="/i.png">',
    "/b": f"{HEAD}<title>Байланыс</title><h1>Байланыс</h1><p>{KK}</p>",
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        page = PAGES.get(self.path)
        content = (page or "no such page").encode()
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="session")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def kept(site, tmp_path_factory):
    """The site, crawled once by the real command."""
    folder = tmp_path_factory.mktemp("evidence")
    command = [sys.executable, "-m", "aiqyn.cli", "audit", site, "--allow-private", "--rate", "0"]
    done = subprocess.run(
        [
            *command,
            "--evidence",
            str(folder),
            "--format",
            "json",
            "--body",
            "kz-example-poor",
            "--on",
            "2025-11-20",
        ],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert re.fullmatch(COST, done.stderr.decode())
    return folder, done.stdout


@pytest.fixture(scope="session")
def aiqyn():
    def run(*words, **more):
        return CliRunner().invoke(main, [str(word) for word in words], **more)

    return run
