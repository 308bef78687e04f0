"""Crawl a generated site in memory and judge it: the audit itself, without a network."""

import hashlib
from collections import deque
from collections.abc import Sequence
from copy import copy
from datetime import UTC, datetime, time
from html import escape
from urllib.parse import parse_qs, urlsplit

from aiqyn.audit import Edition, Reader, Report, audit_site, gather
from aiqyn.chain import Evidence
from aiqyn.fetch.addresses import BadAddress, kind, normalise, resolve, site_of
from aiqyn.fetch.crawl import is_readable
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.manifest import Manifest
from aiqyn.subjects.asks import asks_of
from tools.planting.addresses import page_address
from tools.planting.draw import Drawn, draw, draw_page
from tools.planting.model import Page, Site

HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Content-Security-Policy": "default-src 'self'",
}
NOTHING = {
    "kk": "Ештеңе табылмады.",
    "ru": "Ничего не найдено.",
    "en": "Nothing was found.",
}
UNREACHED = 1_000_000  # depth of what no link leads to
SECONDS = 0.2  # in which a page comes
ROUNDS = 3  # of asking further
FIELDS = ("q", "query", "search", "s")  # as the layouts call what is searched for
MOVED = 302  # a missing page sends its reader to the first one


class Kept(dict[str, bytes]):
    """Bytes by digest."""

    def keep(self, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        self[digest] = content
        return digest

    def get(self, sha256: str, /) -> bytes:  # type: ignore[override]
        return self[sha256]


class Crawl:
    """One walk over a site from its first page, breadth first, as a live crawl walks."""

    def __init__(self, site: Site, edition: Edition) -> None:
        self.site = site
        self.drawn: Drawn = draw(site)
        self.reader = Reader(edition, as_of=site.as_of, about=site.body.about())
        self.store = Kept()
        self.taken_at = datetime.combine(site.as_of, time(6), UTC)
        self.seen: dict[str, Evidence] = {}
        self.start = normalise(site.origin + "/")
        self.by_url = {normalise(site.origin + path): path for path in self.drawn.pages}
        self.files = {normalise(site.origin + path): key for path, key in self.drawn.files.items()}
        headers = {**HEADERS, **site.headers}
        self.headers = "\n".join(f"{name}: {value}" for name, value in headers.items() if value)

    def judge(self) -> Report:
        """Crawl everything, ask what the rules ask further, and return the report."""
        self._walk([(self.start, 0, "")])
        self._beside()
        for _ in range(ROUNDS):
            site = gather(self._manifest(), self.store, self.reader)
            fresh = [ask for ask in asks_of(site) if ask.url not in self.seen]
            if not fresh:
                break
            for ask in fresh:
                content = self._searched(ask.url)
                seconds = self.site.flaws.get("search_seconds", SECONDS)
                status = self.site.flaws.get("search_status", 200)
                place = {"depth": UNREACHED, "seconds": seconds, "status": status}
                self._keep(ask.url, content, role=ask.role, **place)
        return audit_site(
            self._manifest(),
            self.store,
            self.reader.edition,
            as_of=self.site.as_of,
            reader=self.reader,
        )

    def _manifest(self) -> Manifest:
        return Manifest(
            start=self.start,
            agent="planting",
            started_at=self.taken_at,
            finished_at=self.taken_at,
            limits=Limits(),
            evidence=tuple(sorted(self.seen.values(), key=lambda each: each.url)),
        )

    def _walk(self, first: list[tuple[str, int, str]]) -> None:
        queue = deque(first)
        while queue:
            url, depth, parent = queue.popleft()
            if url in self.seen or kind(url) == "asset":
                continue
            evidence = self._ask(url, depth, parent)
            if not is_readable(evidence):
                continue
            hrefs = self.reader.read(evidence, self.store.get(evidence.sha256))
            if evidence.final_url:
                queue.append((evidence.final_url, depth, parent))
            else:
                queue.extend(self._links(evidence, hrefs))

    def _links(self, evidence: Evidence, hrefs: Sequence[str]) -> list[tuple[str, int, str]]:
        found = []
        for href in hrefs:
            try:
                target = resolve(evidence.url, href)
            except BadAddress:
                self._keep(
                    href,
                    None,
                    failure="bad_address",
                    role="link",
                    parent=evidence.url,
                    depth=evidence.depth + 1,
                )
                continue
            if target:
                found.append((target, evidence.depth + 1, evidence.url))
        return found

    def _ask(self, url: str, depth: int, parent: str) -> Evidence:
        place = {"depth": depth, "parent": parent}
        if site_of(url) != site_of(self.start):
            cause = self.site.externals.get(url, 200)
            how = {"failure": cause} if isinstance(cause, str) else {"status": cause}
            return self._keep(url, None, role="link", **how, **place)
        if url in self.files:
            file = self.site.files[self.files[url]]
            if file.failure:
                return self._keep(url, None, role="document", failure=file.failure, **place)
            return self._keep(
                url, file.content, role="document", status=file.status,
                media_type=file.media_type, **place,
            )  # fmt: skip
        if "/go/" in url and (hops := self.site.flaws.get("chain")):
            key = "faq" if ("faq", "kk") in self.site.pages else "home"
            return self._forwarded(url, page_address(self.site, key, "kk"), place, hops)
        if url not in self.by_url:
            return self._missing(url, place)
        page, content = self.drawn.pages[self.by_url[url]]
        return self._answered(url, page, content, place)

    def _missing(self, url: str, place: dict[str, object]) -> Evidence:
        """Answer for an address that has no page: the start leads to the first page."""
        status = self.site.missing_status
        home = page_address(self.site, "home", self.site.home)
        if url == self.start:
            return self._forwarded(url, home, place)
        if status == MOVED:
            return self._forwarded(url, home, {"role": "link", **place})
        role = "document" if kind(url) == "document" else "page"
        return self._keep(url, b"<h1>404</h1>", **{"role": role, "status": status, **place})

    def _answered(self, url: str, page: Page, content: bytes, place: dict[str, object]) -> Evidence:
        if page.failure:
            return self._keep(url, None, failure=page.failure, **place)
        if page.forwards:
            return self._forwarded(url, page.forwards, place)
        return self._keep(url, content, status=page.status, charset=page.charset, **place)

    def _forwarded(self, url: str, path: str, place: dict[str, object], hops: int = 1) -> Evidence:
        target = normalise(self.site.origin + path)
        content = self.drawn.pages[self.by_url[target]][1]
        return self._keep(url, content, final_url=target, hops=hops, **place)

    def _keep(self, url: str, content: bytes | None, **said: object) -> Evidence:
        told: dict[str, object] = {
            "status": 0 if "failure" in said else 200,
            "media_type": "" if content is None else "text/html",
            "charset": "utf-8" if content is not None else "",
            "headers": self.headers if content is not None else "",
            "seconds": self.site.flaws.get("seconds", SECONDS),
            **said,
        }
        evidence = Evidence(
            url=url,
            taken_at=self.taken_at,
            sha256=self.store.keep(content) if content is not None else "",
            size=len(content or b""),
            **told,  # type: ignore[arg-type]
        )
        self.seen[url] = evidence
        return evidence

    def _beside(self) -> None:
        """robots.txt, sitemap.xml and an address that is not there."""
        origin = self.site.origin
        robots = self.site.robots
        self._keep(
            f"{origin}/robots.txt", (robots or "").encode() if robots is not None else b"404",
            role="robots", status=200 if robots is not None else 404, media_type="text/plain",
        )  # fmt: skip
        sitemap = self._sitemap() if self.site.has_sitemap else b"404"
        self._keep(
            f"{origin}/sitemap.xml", sitemap, role="sitemap", media_type="application/xml",
            status=200 if self.site.has_sitemap else 404,
        )  # fmt: skip
        probe = f"{origin}/aiqyn-0f3a-no-such-page"
        self._missing(probe, {"role": "probe", "depth": UNREACHED})
        if circle := self.site.flaws.get("sitemap_circle"):
            self._keep(
                origin + circle, self._index("/sitemap.xml"),
                role="sitemap", media_type="application/xml", status=200,
            )  # fmt: skip
        elif self.site.has_sitemap and not self.site.flaws.get("sitemap_page"):
            named = [self._told(url) for url in self.by_url if self._is_listed(url)]
            named += [origin + path for path in self.site.flaws.get("sitemap_gone", ())]
            own = [url for url in named if site_of(url) == site_of(self.start)]
            self._walk([(url, UNREACHED, f"{origin}/sitemap.xml") for url in own])

    def _is_listed(self, url: str) -> bool:
        page = self.drawn.pages[self.by_url[url]][0]
        return "special=1" not in url and page.key != "search" and not page.forwards

    def _told(self, url: str) -> str:
        """Return an address as the sitemap gives it."""
        other = self.site.flaws.get("sitemap_origin")
        return url.replace(self.site.origin, str(other), 1) if other else url

    def _index(self, path: str) -> bytes:
        """An index of sitemaps that names one file."""
        named = f"<sitemap><loc>{self.site.origin}{path}</loc></sitemap>"
        return f"<sitemapindex>{named}</sitemapindex>".encode()

    def _sitemap(self) -> bytes:
        if circle := self.site.flaws.get("sitemap_circle"):
            return self._index(circle)
        lines = [
            f"<url><loc>{escape(self._told(url))}</loc></url>"
            for url in self.by_url
            if self._is_listed(url)
        ]
        if self.site.flaws.get("sitemap_page"):
            return draw_page(self.site, self.site.page("home", self.site.home))
        origin = self.site.origin
        lines += [
            f"<url><loc>{origin}{path}</loc></url>"
            for path in self.site.flaws.get("sitemap_gone", ())
        ]
        further = range(self.site.flaws.get("sitemap_further", 0))
        lines += [f"<url><loc>{origin}/further/{number}</loc></url>" for number in further]
        namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
        body = "\n".join(lines)
        return f'<?xml version="1.0"?>\n<urlset xmlns="{namespace}">\n{body}\n</urlset>'.encode()

    def _searched(self, url: str) -> bytes:
        """Answer a search as the site does: the pages that hold the word."""
        asked = parse_qs(urlsplit(url).query)
        words = next((asked[name][0] for name in FIELDS if name in asked), "")
        page = self._search_page(url)
        if page is None:
            return b"<h1>404</h1>"
        shown = copy(page)
        items = [
            f'<li><a href="@{each.key}">{each.title}</a></li>'
            for each in self.site.in_language(page.language)
            if self._finds(each, words)
        ]
        found = f"<ol>{''.join(items)}</ol>" if items else f"<p>{NOTHING[page.language]}</p>"
        shown.body = [*page.body, f"<p>{escape(words)}: {len(items)}</p>", found]
        return draw_page(self.site, shown)

    def _search_page(self, url: str) -> Page | None:
        plain = url.partition("?")[0]
        named = [each for each in self.site.pages.values() if each.key == "search"]
        for page in named:
            address = normalise(self.site.origin + page_address(self.site, "search", page.language))
            given = parse_qs(urlsplit(url).query).get("lang", [page.language])[0]
            if address.partition("?")[0] == plain and given == page.language:
                return page
        return None

    def _finds(self, page: Page, words: str) -> bool:
        if self.site.flaws.get("search_finds_all"):
            return True
        if self.site.flaws.get("search_without_news") and page.is_news:
            return False
        if self.site.flaws.get("search_only_news") and not page.is_news:
            return False
        if self.site.flaws.get("search_finds_nothing"):
            return False
        return words.casefold() in f"{page.title} {' '.join(page.body)}".casefold()


def audited(site: Site, edition: Edition) -> tuple[Report, frozenset[str]]:
    """Return the report on `site` as the audit gives it, and the addresses it has seen."""
    crawl = Crawl(site, edition)
    report = crawl.judge()
    return report, frozenset(crawl.seen)
