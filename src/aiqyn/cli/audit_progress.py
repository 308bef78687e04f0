"""How far an audit is: on standard error, and only to people."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from aiqyn.cli.audit_words import phrase
from aiqyn.fetch import crawl as crawling

Watch = Callable[[crawling.Progress], None]
LONGEST = 50  # characters of an address
SURE_AFTER = 3.0  # seconds, before which no rate is told


@contextmanager
def progress_bar(language: str) -> Iterator[Watch]:
    """Yield what a crawl reports to."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(phrase("starting", language), total=None, pace="")

        def watch(seen: crawling.Progress) -> None:
            done = seen.pages + seen.documents + seen.links + seen.failures
            bar.update(
                task,
                description=seen.url[-LONGEST:],
                completed=done,
                total=done + seen.waiting,
                pace=pace(seen, language),
            )

        yield watch


def pace(seen: crawling.Progress, language: str) -> str:
    """Pages a second, findings so far, the time left; nothing while it is too early to tell."""
    done = seen.pages + seen.documents + seen.links + seen.failures
    if seen.seconds < SURE_AFTER or not done:
        return ""
    rate = done / seen.seconds
    shown = f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}"
    left = timedelta(seconds=round(seen.waiting / rate))
    told = (("per_second", shown), ("broken_so_far", seen.findings), ("left", left))
    return " · ".join(phrase(name, language, gap=gap) for name, gap in told)


@contextmanager
def counter(language: str) -> Iterator[Callable[[int, int], None]]:
    """Yield what the browser reports to: pages done, pages in all."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _, __: None
        return
    with console.status("…") as status:
        yield lambda done, of: status.update(phrase("rendering", language, done=done, of=of))
