"""Example sites as they were before, so that their audits have a history.

Each state is the site of today with some things undone; it is served and audited like any other.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

SERVER_BEFORE = {  # it said more than the one the site was moved to
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


@dataclass(frozen=True, kw_only=True)
class State:
    """What was otherwise on the day `as_of`."""

    as_of: date
    without: tuple[str, ...]  # pages not written yet
    instead: Mapping[str, str]  # what stood in the pages in place of what stands there now
    headers: Mapping[str, str] = field(default_factory=lambda: SERVER_BEFORE)


NO_LINKS = {'href="mailto:': 'data-mail="'}
RUNNING_LINE = {"<body>": "<body><marquee>Добро пожаловать на сайт!</marquee>"}
CLOSED = {"<head>": '<head><meta name="robots" content="noindex">'}
EARLIER = {
    "poor": (
        State(
            as_of=date(2025, 6, 20),
            without=("ru/gosprogrammy.html", "ru/about.html", "kk/about.html"),
            instead={**NO_LINKS, **RUNNING_LINE, **CLOSED},
        ),
        State(
            as_of=date(2025, 9, 19),
            without=("ru/gosprogrammy.html",),
            instead=NO_LINKS,
        ),
    ),
}


def as_it_was(now: Path, folder: Path, state: State) -> Path:
    """Write the site `now` into `folder` as it was in `state`; gives `folder`."""
    shutil.copytree(now / "public", folder / "public")
    for name in state.without:
        (folder / "public" / name).unlink()
    for page in (folder / "public").rglob("*.html"):
        content = page.read_bytes()  # not all of it is UTF-8
        for found, before in state.instead.items():
            content = content.replace(found.encode(), before.encode())
        page.write_bytes(content)
    said = yaml.safe_load((now / "serve.yaml").read_text("utf-8"))
    said |= {"as_of": state.as_of.isoformat(), "headers": dict(state.headers)}
    said["missing"] = {"status": 404}
    said["answers"] = {  # its server broke nothing off yet: nobody waits for a second try
        address: answer for address, answer in said["answers"].items() if set(answer) == {"charset"}
    }
    (folder / "serve.yaml").write_text(yaml.safe_dump(said), "utf-8")
    return folder
