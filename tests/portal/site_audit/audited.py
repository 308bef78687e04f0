"""A small site to audit, and the pages about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from aiqyn.fetch.crawl import Limits
from examples.serve import serve

AS_OF = date(2025, 11, 20)
LIMITS = Limits(per_host_per_second=0, allow_private=True)
FIRST = """<!doctype html><html lang="kk"><head><title>Әкімдік</title></head><body>
<h1>Аудан әкімдігі</h1><img src="/a.png"><a href="/zhanalyq/">Жаңалықтар</a></body></html>"""
REPAIRED = FIRST.replace('<img src="/a.png">', '<img src="/a.png" alt="Әкімдік ғимараты">')
NEWS = """<!doctype html><html lang="kk"><head><title>Жаңалықтар</title></head><body>
<h1>Жаңалықтар</h1><a href="/">Басты бет</a></body></html>"""


@contextmanager
def served_site(folder: Path) -> Iterator[str]:
    """Serve two pages; the picture of the first has no text. Gives the address."""
    public = folder / "site" / "public"
    (public / "zhanalyq").mkdir(parents=True)
    write_first(folder, FIRST)
    (public / "zhanalyq" / "index.html").write_text(NEWS, "utf-8")
    settings = "as_of: 2025-11-20\norigin: https://audan.example\n"
    (folder / "site" / "serve.yaml").write_text(settings, "utf-8")
    with serve(folder / "site") as served:
        yield served.url


def write_first(folder: Path, html: str) -> None:
    """Change the first page of the served site."""
    (folder / "site" / "public" / "index.html").write_text(html, "utf-8")


def page(view: str, *args: Any, language: str = "kk", client: Client | None = None) -> Any:
    """Ask for a page."""
    with override(language):
        return (client or Client()).get(reverse(view, args=args))


def press(client: Client, view: str, *args: Any, **data: Any) -> Any:
    """Send a form, in English."""
    with override("en"):
        return client.post(reverse(view, args=args), data)
