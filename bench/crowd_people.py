"""People in front of a portal: some write, very many read, an officer decides. An asyncio client.

Each does one thing at a time and then pauses, as people do; whoever loses the connection tries
again with the same form, as people do too. Only time waited for the server is counted.
"""

import asyncio
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape

import aiohttp

CSRF = "a" * 32
FORM_KEY = re.compile(r'name="voice-form_key" value="([^"]+)"')
NUMBER = re.compile(r"^/[a-z]{2}/contributions/(\d{4}-\d{6,12})/")  # of an address, never of a page
TICK = re.compile(r'name="on" value="([cg]\d+)"')
LOST = (aiohttp.ClientError, ConnectionError, asyncio.TimeoutError)
PATIENCE_S = 20.0  # for one answer; and after the end
DECIDED_AT_ONCE = 5


@dataclass(frozen=True)
class Scene:
    """Where people go."""

    base: str
    slug: str  # of the draft that is open
    head: str  # slug of a head who takes questions
    keys: Sequence[int]  # of the draft's paragraphs
    words: Sequence[str]  # that people use
    reason: str  # of decisions: "accepted:improves"

    def form(self, is_question: bool) -> tuple[str, str]:
        """The page a form stands on, and the address it is posted to."""
        write = f"{self.base}/kk/contributions/write"
        if is_question:
            return f"{write}/question/{self.head}/", f"{write}/question/{self.head}/"
        key = random.choice(self.keys)
        return (
            f"{self.base}/kk/drafts/{self.slug}/p/{key}/",
            f"{write}/draft_comment/{self.slug}/",
        )


@dataclass
class Seen:
    """What the people saw."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))  # ms, by what
    acknowledged: dict[str, str] = field(default_factory=dict)  # form key → number
    sent: set[str] = field(default_factory=set)  # form keys
    lost: int = 0  # connections, each tried again
    wrong: Counter[str] = field(default_factory=Counter)
    doubled: int = 0  # forms sent twice at once on purpose


class Person:
    """One browser."""

    def __init__(self, scene: Scene, seen: Seen, line: aiohttp.BaseConnector, session: str = ""):
        self.scene, self.seen, self.until = scene, seen, 0.0
        cookies = {"csrftoken": CSRF} | ({"sessionid": session} if session else {})
        self.http = aiohttp.ClientSession(
            connector=line,
            connector_owner=False,
            cookies=cookies,
            headers={"X-CSRFToken": CSRF, "Accept-Encoding": "gzip"},
            timeout=aiohttp.ClientTimeout(total=PATIENCE_S),
        )

    async def ask(self, what: str, address: str, form: dict[str, object] | None = None) -> str:
        """Get a page or post a form; return the text, or the address one is led to."""
        while time.monotonic() < self.until + PATIENCE_S:
            began = time.perf_counter()
            try:
                async with self.http.request(
                    "POST" if form else "GET", address, data=form, allow_redirects=False
                ) as answer:
                    said = await answer.text()
            except LOST:
                self.seen.lost += 1
                await asyncio.sleep(random.uniform(0.3, 1.0))
                continue
            self.seen.took[what].append((time.perf_counter() - began) * 1000)
            if answer.status not in (200, 302):
                self.seen.wrong[f"{what}: {answer.status}"] += 1
            return answer.headers.get("Location", "") if answer.status == 302 else said
        self.seen.wrong[f"{what}: never answered"] += 1
        return ""

    async def live(self, until: float, pause_s: float, does: str) -> None:
        """Do one thing again and again, with pauses; the first pause is of any length."""
        self.until = until
        pause = random.uniform(0, pause_s)
        while time.monotonic() + pause < until:
            await asyncio.sleep(pause)
            await getattr(self, does)()
            pause = random.uniform(0.5, 1.5) * pause_s
        await self.http.close()

    async def read(self) -> None:
        """Read one page of those that people read."""
        base, slug = self.scene.base, self.scene.slug
        pages = {
            "draft": (30, f"{base}/kk/drafts/{slug}/"),
            "comments": (25, f"{base}/kk/drafts/{slug}/comments/"),
            "paragraph": (15, self.scene.form(False)[0]),
            "drafts": (10, f"{base}/ru/drafts/"),
            "first page": (10, f"{base}/kk/"),
            "questions": (5, f"{base}/ru/dialogue/questions/"),
            "search": (5, f"{base}/kk/search/?q={random.choice(self.scene.words)}"),
        }
        [name] = random.choices(list(pages), [share for share, _ in pages.values()])
        await self.ask(f"read: {name}", pages[name][1])

    async def write(self) -> None:
        """Open a form, say something, look over what is like it, send it; some press twice."""
        page, address = self.scene.form(is_question=random.random() < 0.15)
        found = FORM_KEY.search(await self.ask("open a form", page))
        if found is None:
            self.seen.wrong["no form on the page"] += 1
            return
        key = unescape(found[1])
        self.seen.sent.add(key)
        form: dict[str, object] = {"voice-text": self._text(key), "voice-form_key": key}
        if "/p/" in page:
            form["voice-anchor"] = page.rstrip("/").rpartition("/")[2]
        led = await self.ask("write: look over", address, form)
        if not NUMBER.search(led):
            led = await self._press({**form, "seen": "1"}, address)
        told = NUMBER.search(led)
        if told:
            self.seen.acknowledged[key] = told[1]
        else:
            self.seen.wrong["sent, and no number told"] += 1

    async def _press(self, form: dict[str, object], address: str) -> str:
        if random.random() > 0.1:
            return await self.ask("write: publish", address, form)
        self.seen.doubled += 1
        both = (self.ask("write: pressed twice", address, form) for _ in range(2))
        first, second = await asyncio.gather(*both)
        if first != second:
            self.seen.wrong["pressed twice, two numbers"] += 1
        return first

    def _text(self, key: str) -> str:
        """A text of people's words; every tenth says the same as others."""
        if random.random() < 0.1:
            return f"Мен бұл тармаққа қарсымын, оны алып тастау керек. {key}"
        return f"{' '.join(random.choices(self.scene.words, k=25)).capitalize()}. {key}"

    async def decide(self) -> None:
        """An officer's turn: open the desk, decide the first few."""
        desk = f"{self.scene.base}/kk/drafts/{self.scene.slug}/"
        waiting = TICK.findall(await self.ask("officer: desk", f"{desk}desk/"))
        if not waiting:
            return
        words = "Ұсыныс осы жобаның мәтінінде ескерілді, рақмет."
        form = {
            "on": waiting[:DECIDED_AT_ONCE],
            "decision": self.scene.reason,
            "words_kk": words,
            "words_ru": "Предложение учтено в тексте этого проекта, спасибо.",
            "sure": "on",
        }
        await self.ask("officer: decide", f"{desk}decide/", form)


@dataclass(frozen=True)
class Crowd:
    """How many people, how long, how calm."""

    readers: int
    seconds: float
    reading_s: float  # pause between two pages
    writing_s: float  # pause between two contributions


async def gather(scene: Scene, crowd: Crowd, writers: Sequence[str], officer: str) -> Seen:
    """Let everybody loose; `writers` and `officer` are sessions. Returns what they saw."""
    seen, until = Seen(), time.monotonic() + crowd.seconds
    line = aiohttp.TCPConnector(limit=0, keepalive_timeout=15)
    lives = [
        Person(scene, seen, line).live(until, crowd.reading_s, "read") for _ in range(crowd.readers)
    ]
    lives += [
        Person(scene, seen, line, session).live(until, crowd.writing_s, "write")
        for session in writers
    ]
    lives.append(Person(scene, seen, line, officer).live(until, 3.0, "decide"))
    async with line:
        await asyncio.gather(*lives)
    return seen
