"""What patterns compile to, kept beside our code as Python keeps its own code there.

To compile its patterns takes a third of the start of an audit, and Python keeps them in no file.
Whoever loads much loads it inside `kept(...)`: what was compiled there before is taken as it is,
and what was not is written down at the end. What a pattern means only `re` decides: what is kept
is named after the very version of Python that made it. Where `re` is made otherwise than we know
it, nothing is kept and all goes on as ever.
"""

import os
import sys
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any

import msgspec

FOLDER = Path(__file__).parent / "__pycache__"
# What another Python may answer where it knows no such thing, or knows it otherwise.
OTHERWISE = (ImportError, AttributeError, TypeError, ValueError, RuntimeError, OverflowError)
_DIGEST = 16  # bytes
_ALONE = Lock()

Text = str | bytes
Key = tuple[Text, int]  # a pattern and its flags


class Pattern(msgspec.Struct, frozen=True, array_like=True):
    """One pattern as `re` has compiled it."""

    text: Any  # Text
    asked: int  # flags it was asked with
    flags: int  # those that hold: the pattern itself may say some
    code: bytes  # numbers of 32 bits
    groups: int
    names: dict[str, int]  # of groups


@contextmanager
def kept(of: str) -> Iterator[None]:
    """Have patterns compiled quickly that were compiled here before; `of` names who loads.

    One at a time: inside another, or beside one in another thread, nothing is kept.
    """
    place = FOLDER / f"{of}.{sys.implementation.cache_tag}.{sys.hexversion:x}.patterns"
    if not _ALONE.acquire(blocking=False):
        yield
        return
    try:
        with _compiling(place):
            yield
    finally:
        _ALONE.release()


@contextmanager
def _compiling(place: Path) -> Iterator[None]:
    try:
        compiler = import_module("re._compiler")
        ordinary: Callable[..., Any] = compiler.compile
    except OTHERWISE:
        yield
        return
    before = _read(place)
    met: dict[Key, Pattern | None] = {}

    def compiled(pattern: Any, flags: int = 0) -> Any:
        if not isinstance(pattern, Text):
            return ordinary(pattern, flags)
        key = pattern, flags
        if (known := before.get(key)) is not None:
            with suppress(*OTHERWISE):
                made, met[key] = _made(known), known
                return made
        made, met[key] = ordinary(pattern, flags), None
        return made

    vars(compiler)["compile"] = compiled
    try:
        yield
    finally:
        vars(compiler)["compile"] = ordinary
        if None in met.values() and _may_write():
            with suppress(OSError, *OTHERWISE):
                _write(place, [known or _taken_apart(*key) for key, known in met.items()])


def _may_write() -> bool:
    """Known before patterns are taken apart, which takes as long as to compile them."""
    if sys.dont_write_bytecode:
        return False
    with suppress(OSError):
        FOLDER.mkdir(exist_ok=True)
    return os.access(FOLDER, os.W_OK | os.X_OK)


def _read(place: Path) -> dict[Key, Pattern]:
    with suppress(OSError, msgspec.DecodeError, TypeError):  # not there, or of another form
        content = place.read_bytes()
        digest, packed = content[:_DIGEST], content[_DIGEST:]
        if digest == _digest_of(packed):  # a letter changed would be another pattern
            return {(each.text, each.asked): each for each in _DECODER.decode(packed)}
    return {}


def _write(place: Path, patterns: list[Pattern]) -> None:
    """Write all of it or nothing."""
    packed = msgspec.msgpack.encode(patterns)
    unfinished = place.with_suffix(f".{os.getpid()}")
    try:
        unfinished.write_bytes(_digest_of(packed) + packed)
        unfinished.replace(place)
    finally:
        unfinished.unlink(missing_ok=True)  # where the disk was full


def _digest_of(packed: bytes) -> bytes:
    return blake2b(packed, digest_size=_DIGEST).digest()


def _taken_apart(text: Text, asked: int) -> Pattern:
    parsed = import_module("re._parser").parse(text, asked)
    code = array("I", import_module("re._compiler")._code(parsed, asked))  # noqa: SLF001
    state = parsed.state
    flags = asked | state.flags
    return Pattern(text, asked, flags, code.tobytes(), state.groups - 1, state.groupdict)


def _made(kept: Pattern) -> Any:
    """Return the pattern. Raises RuntimeError where its code is none."""
    numbers = array("I", kept.code).tolist()
    names: list[str | None] = [None] * (kept.groups + 1)
    for name, number in kept.names.items():
        names[number] = name
    make = import_module("_sre").compile
    return make(kept.text, kept.flags, numbers, kept.groups, kept.names, tuple(names))


_DECODER = msgspec.msgpack.Decoder(list[Pattern])
