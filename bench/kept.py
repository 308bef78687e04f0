"""A crawl of the generated site as it would be kept, made without a server or a network."""

import hashlib
from collections import deque
from datetime import UTC, datetime
from pathlib import Path

from aiqyn.chain import Evidence
from aiqyn.fetch.addresses import resolve
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.manifest import Manifest
from aiqyn.subjects.page import Page

ORIGIN = "http://bench.example"
START = f"{ORIGIN}/kk/index.html"
TAKEN = datetime(2026, 11, 20, 6, tzinfo=UTC)


class Folder:
    """The files of a site by the digest of their content."""

    def __init__(self) -> None:
        self.paths: dict[str, Path] = {}

    def get(self, sha256: str) -> bytes:
        return self.paths[sha256].read_bytes()


def crawled(folder: Path) -> tuple[Manifest, Folder]:
    """Follow the links of the files in `folder`; return the manifest and where the bytes are."""
    kept, seen = Folder(), {START: ("", 0)}
    evidence: list[Evidence] = []
    queue = deque([START])
    while queue:
        url = queue.popleft()
        parent, depth = seen[url]
        path = folder / url.removeprefix(f"{ORIGIN}/")
        if path.suffix != ".html" or not path.is_file():
            evidence.append(
                Evidence(url=url, taken_at=TAKEN, status=404, depth=depth, parent=parent)
            )
            continue
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        kept.paths[digest] = path
        evidence.append(
            Evidence(
                url=url, taken_at=TAKEN, sha256=digest, size=len(content), status=200,
                media_type="text/html", depth=depth, parent=parent,
            )
        )  # fmt: skip
        for href in Page(content).hrefs:
            target = resolve(url, href)
            if target and target.startswith(ORIGIN) and target not in seen:
                seen[target] = url, depth + 1
                queue.append(target)
    manifest = Manifest(
        start=START, agent="bench", started_at=TAKEN, finished_at=TAKEN, limits=Limits(),
        evidence=tuple(sorted(evidence, key=lambda each: each.url)),
    )  # fmt: skip
    return manifest, kept
