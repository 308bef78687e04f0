"""The folder of an audit: made, held by one audit at a time, left in order by whoever stops it."""

import fcntl
import shlex
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from time import sleep

import click
import msgspec

from aiqyn.cli.audit_asked import Hours
from aiqyn.cli.audit_progress import Watch
from aiqyn.cli.audit_words import phrase, tell
from aiqyn.errors import AiqynError, InputError, NothingRead
from aiqyn.fetch import crawl as crawling
from aiqyn.fetch.journal import NAME as JOURNAL
from aiqyn.fetch.journal import Opening, holds_pages, is_of_archive
from aiqyn.fetch.manifest import NAME as MANIFEST

LOCK = "lock"
NAP_S = 30.0  # between two looks at the clock while the site sleeps less than we do


class Stopped(Exception):
    """Ctrl-C; the message says how to go on."""


class HoursOver(Exception):
    """The hours in which the site may be asked are over."""


@contextmanager
def folder_of(kept: Path | None, language: str) -> Iterator[str]:
    """Yield a folder for evidence: `kept`, or one that goes with its audit.

    Raises Stopped when Ctrl-C ends the audit. A folder of the moment stays, then and where an
    error ends the audit, if pages were read, unless all that failed is that nobody reads the
    report (`| head`), or that the site has no page to judge. Raises InputError when the folder
    cannot be made or another audit works there.
    """
    folder = kept or Path(mkdtemp(prefix="aiqyn-"))
    stays = kept is not None
    try:
        with _held(folder):
            yield str(folder)
    except KeyboardInterrupt:
        stays = stays or _is_worth_keeping(folder)
        raise Stopped(_how_to_go_on(folder, language, stays=stays)) from None
    except (BrokenPipeError, NothingRead):
        raise
    except (AiqynError, OSError):
        if not stays and _is_worth_keeping(folder):
            stays = True
            click.echo(f"aiqyn: {_how_to_go_on(folder, language, stays=stays)}", err=True)
        raise
    finally:
        if not stays:
            shutil.rmtree(folder, ignore_errors=True)


def _is_worth_keeping(folder: Path) -> bool:
    """Whether a crawl has read pages of a site; an archive is simply read again."""
    opening = opening_of(folder)
    return opening is not None and not is_of_archive(opening) and holds_pages(folder)


def _how_to_go_on(folder: Path, language: str, *, stays: bool) -> str:
    opening = opening_of(folder)
    if opening is not None and is_of_archive(opening):
        return phrase("stopped_archive", language)
    if opening is None or not stays:
        return phrase("stopped_empty", language)
    command = f"aiqyn audit --resume --evidence {shlex.quote(str(folder))}"
    return phrase("stopped", language, folder=folder, command=command)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / LOCK).open("w", encoding="utf-8")
    except OSError as problem:
        raise InputError(folder, "", problem.strerror or "cannot be made") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(folder, "", "another audit is working here") from None
        yield


def opening_of(folder: Path) -> Opening | None:
    """What a crawl in `folder` was begun with; None where none was begun.

    Raises InputError for a journal that is damaged.
    """
    path = folder / JOURNAL
    try:
        with path.open("rb") as journal:
            line = journal.readline()
    except FileNotFoundError:
        return None
    if not line.endswith(b"\n"):  # killed while it wrote its first line
        return None
    try:
        return msgspec.json.decode(line, type=Opening)
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise InputError(path, "line 1", str(problem)) from None


def to_resume(folder: Path, url: str | None) -> Opening | None:
    """Return what to go on with; None where nothing was begun, and `url` says what to begin.

    Raises InputError when nobody says it, or here is the audit of another site.
    """
    opening = opening_of(folder)
    if opening is None and (folder / MANIFEST).exists():
        raise InputError(folder, "--resume", "a finished audit lies here: judge it with --from")
    if opening is None and url is not None:  # ended before it could write a line
        return None
    if opening is None:
        raise InputError(
            folder,
            "--resume",
            "no audit was begun here; give the URL of the site, too, to begin it",
        )
    if is_of_archive(opening):  # its limits are those of a file: no site is asked so fast
        raise InputError(folder, "--resume", "here an archive was read: give it again with --warc")
    if url not in (None, opening.start):
        raise InputError(folder, "--resume", f"here is the audit of {opening.start}, not of {url}")
    return opening


def in_hours(
    hours: Hours | None, crawl: Callable[[Watch], crawling.Manifest], watch: Watch, language: str
) -> crawling.Manifest:
    """Run `crawl`, which goes on where it was stopped, inside `hours` alone."""
    if hours is None:
        return crawl(watch)

    def guarded(seen: crawling.Progress) -> None:
        watch(seen)
        if not hours.hold(_now().time()):
            raise HoursOver

    while True:
        _wait_for(hours, language)
        with suppress(HoursOver):
            return crawl(guarded)


def _wait_for(hours: Hours, language: str) -> None:
    if hours.hold(_now().time()):
        return
    tell("waits", language, gap=hours.begin.isoformat("minutes"))
    while not hours.hold(_now().time()):
        now = _now()
        begin = datetime.combine(now.date(), hours.begin, tzinfo=now.tzinfo)
        left = (begin - now) % timedelta(days=1)
        _sleep(min(NAP_S, left.total_seconds()))


def _now() -> datetime:
    return datetime.now().astimezone()


def _sleep(seconds: float) -> None:
    sleep(seconds)
