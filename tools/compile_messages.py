"""Compile every `django.po` of the portal whose `.mo` is missing or older.

Usage: python tools/compile_messages.py [--check]

`--check` writes nothing and fails on a catalogue that cannot be compiled: a
syntax error, a placeholder that the translation lost, a fuzzy entry.
"""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src"


def stale(catalogue: Path) -> bool:
    """Whether the compiled file is missing or older than its source."""
    compiled = catalogue.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime


def problems_of(path: Path) -> list[str]:
    """Read one catalogue and return what is wrong with it, each with its line."""
    try:
        messages = read(path)
    except (PoFileError, ValueError, UnicodeDecodeError) as problem:
        return [f"{path.relative_to(ROOT)}: {problem}"]
    return [
        f"{path.relative_to(ROOT)}:{message.lineno}: {problem}"
        for message in messages
        for problem in (*message.check(messages), *(["fuzzy"] if is_fuzzy(message) else []))
    ]


def read(path: Path) -> Catalog:
    """Parse one catalogue; its language is the folder above LC_MESSAGES."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], abort_invalid=True)


def is_fuzzy(message: Message) -> bool:
    """The header is allowed to be fuzzy: it is how babel marks a template."""
    return bool(message.id) and message.fuzzy


def write(path: Path) -> None:
    """Compile one catalogue beside its source, in one step so that a reader never sees half."""
    unfinished = path.with_suffix(".mo.new")
    with unfinished.open("wb") as file:
        write_mo(file, read(path))
    unfinished.replace(path.with_suffix(".mo"))


def main(arguments: list[str]) -> int:
    """Compile or check; return the exit code."""
    check = "--check" in arguments
    catalogues = sorted(SOURCES.rglob("LC_MESSAGES/*.po"))
    chosen = catalogues if check else [c for c in catalogues if stale(c)]
    problems = [problem for catalogue in chosen for problem in problems_of(catalogue)]
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return 1
    if not check:
        for catalogue in chosen:
            write(catalogue)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
