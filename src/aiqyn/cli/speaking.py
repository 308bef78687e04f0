"""What the scoring commands share: language, format, where the output goes."""

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import click
import msgspec

from aiqyn.errors import InputError
from aiqyn.text import LANGUAGES

FORMATS = ("text", "json", "csv")


class Speech(NamedTuple):
    """How and where a command answers."""

    shape: str  # one of FORMATS
    language: str
    out: Path | None

    def say(self, value: Any, *, text: Callable[[], str], csv: Callable[[], str]) -> None:
        """Print `value`, or write it to the file, in the asked shape.

        JSON is the value itself; decimals are strings, so no digit is lost.
        Raises InputError when the file cannot be written.
        """
        if self.shape == "json":
            answer = msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"
        else:
            answer = csv() if self.shape == "csv" else text()
        if self.out is None:
            click.echo(answer, nl=False)
            return
        try:
            self.out.write_text(answer, encoding="utf-8")
        except OSError as problem:
            raise InputError(self.out, "", problem.strerror or "cannot be written") from None


def language_of_terminal() -> str:
    """Return the terminal's language when it is one of ours, else English."""
    for name in ("AIQYN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            spoken = os.environ[name][:2].lower()
            return spoken if spoken in LANGUAGES else "en"
    return "en"


def language_asked() -> str:
    """Return the language said before the command, `aiqyn --lang kk due`, or the terminal's."""
    context = click.get_current_context(silent=True)
    return (context and context.meta.get("language")) or language_of_terminal()


def spoken(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command --format, --lang and --out as `speech`."""

    @click.option("--format", "shape", type=click.Choice(FORMATS), default="text")
    @click.option("--lang", "language", type=click.Choice(LANGUAGES), default=language_asked)
    @click.option("--out", type=click.Path(path_type=Path, dir_okay=False))
    @functools.wraps(command)
    def wrapped(shape: str, language: str, out: Path | None, **others: Any) -> None:
        command(speech=Speech(shape, language, out), **others)

    return wrapped


def given_bytes(path: str, most: int | None = None) -> bytes:
    """Read a file, or standard input for "-".

    Raises InputError when it cannot be read or holds more than `most` bytes.
    """
    asked = -1 if most is None else most + 1
    try:
        if path == "-":
            content = sys.stdin.buffer.read(asked)
        else:
            with Path(path).open("rb") as file:
                content = file.read(asked)
    except OSError as problem:
        raise InputError(path, "", problem.strerror or "cannot be read") from None
    if most is not None and len(content) > most:
        raise InputError(path, "", f"more than {most} bytes")
    return content
