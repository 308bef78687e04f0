"""WARC files (ISO 28500) read record by record, within bounds, whoever wrote them.

Only what an audit needs: the headers of each record and its block. A file may be
plain or gzip, a member per record or one for all; nothing is believed about lengths.
"""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from msgspec import Struct
from msgspec.structs import replace

from aiqyn.errors import FetchError, InputError
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.sitemaps import most_of

VERSIONS = (b"WARC/1.1", b"WARC/1.0", b"WARC/0.17", b"WARC/0.18")
MAX_LINE = 1 << 16
MAX_LINES = 256  # headers of one record
PIECE = 1 << 16
ROOM = 1 << 20  # bytes of headers and chunk marks that come on top of a body
MANIFEST_URI = "urn:aiqyn:manifest"  # of the manifest, in an archive that Aiqyn wrote
MAX_MANIFEST = 500_000_000
FREE = 100_000_000  # bytes any file may unfold to
ZSTD = b"\x28\xb5\x2f\xfd"


class Record(Struct, frozen=True, kw_only=True):
    """One record. `block` is None where it was longer than was allowed."""

    number: int  # in its file, from 1
    headers: dict[str, str]  # names in lower case
    block: bytes | None

    @property
    def type(self) -> str:
        return self.headers.get("warc-type", "").lower()

    @property
    def target(self) -> str:
        return self.headers.get("warc-target-uri", "").strip().removeprefix("<").removesuffix(">")


class Broken(Exception):
    """No further record can be read; the message says why."""


def records(path: Path, limits: Limits) -> Iterator[Record]:
    """Yield the records of `path`.

    Raises InputError when there is none, or the file is a bomb, and Broken when
    what follows the last good record is none.
    """
    number = 0
    try:
        with path.open("rb") as raw:
            stream = _Stream(path, raw, limits)
            while (record := _record(stream, number + 1, limits)) is not None:
                number += 1
                yield record
    except (gzip.BadGzipFile, zlib.error):
        _give_up(path, number, "its compression is damaged")
    except OSError as problem:
        raise InputError(path, "", problem.strerror or "cannot be read") from None
    except EOFError:  # of the file, or of what it is packed with
        _give_up(path, number, "cut off")
    except Broken as problem:
        _give_up(path, number, str(problem))
    if number == 0:
        raise InputError(path, "", "an empty file is no WARC archive")


def _give_up(path: Path, number: int, problem: str) -> None:
    if number == 0:
        raise InputError(path, "record 1", f"not a WARC archive: {problem}") from None
    raise Broken(f"record {number + 1}: {problem}") from None


class _Stream:
    """The unfolded bytes of a file, counted."""

    def __init__(self, path: Path, raw: IO[bytes], limits: Limits) -> None:
        start = raw.read(4)
        raw.seek(0)
        if start == ZSTD:
            raise InputError(path, "", "packed with zstd: unpack it first (zstd -d)")
        is_gzip = start.startswith(b"\x1f\x8b")
        self._file = cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if is_gzip else raw
        self._path = path
        self._left = max(FREE, path.stat().st_size * limits.max_ratio)

    def line(self) -> bytes:
        """One line with its end; b"" when the file has ended."""
        return self._counted(self._file.readline(MAX_LINE))

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes; raises EOFError when there are fewer."""
        pieces = list(self._pieces(size))
        return b"".join(pieces)

    def skip(self, size: int) -> None:
        for _ in self._pieces(size):
            pass

    def _pieces(self, size: int) -> Iterator[bytes]:
        while size:
            piece = self._counted(self._file.read(min(size, PIECE)))
            if not piece:
                raise EOFError
            size -= len(piece)
            yield piece

    def _counted(self, piece: bytes) -> bytes:
        self._left -= len(piece)
        if self._left < 0:
            raise InputError(self._path, "", "unfolds to far more than an archive does: a bomb")
        return piece


def _record(stream: _Stream, number: int, limits: Limits) -> Record | None:
    line = stream.line()
    while line in (b"\r\n", b"\n"):  # two follow each record, some write more
        line = stream.line()
    if not line:
        return None
    if line.strip() not in VERSIONS:
        raise Broken(f"no record begins with {line[:40]!r}")
    headers = _headers(stream)
    length = headers.get("content-length", "")
    if not length.isascii() or not length.isdigit():
        raise Broken(f"Content-Length is {length[:40]!r}")
    size = int(length)
    record = Record(number=number, headers=headers, block=None)
    longest = most_of(record.target, limits) + ROOM
    if size > (MAX_MANIFEST if record.target == MANIFEST_URI else longest):
        stream.skip(size)
        return record
    return replace(record, block=stream.read(size))


def _headers(stream: _Stream) -> dict[str, str]:
    headers: dict[str, str] = {}
    for _ in range(MAX_LINES):
        line = stream.line()
        if line in (b"\r\n", b"\n"):
            return headers
        if not line.endswith(b"\n"):
            raise EOFError
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    raise Broken(f"more than {MAX_LINES} headers")


class HttpMessage(Struct, frozen=True, kw_only=True):
    """An answer as it came over the wire, its transfer encoding undone."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """The value of one header; several are joined by commas."""
        return ", ".join(value for key, value in self.headers if key.lower() == name)


def http_message(url: str, block: bytes) -> HttpMessage:
    """Read an HTTP answer. Raises FetchError "broken" when it is none."""
    head, _, body = _split(block)
    first, *lines = head.decode("latin-1").splitlines() or [""]
    words = first.split(None, 2)
    if len(words) < 2 or not words[0].startswith("HTTP/") or not words[1].isdigit():
        raise FetchError(url, "broken", f"no HTTP answer: {first[:40]!r}")
    pairs = [line.partition(":") for line in lines if ":" in line]
    headers = [(name.strip(), _text(value.strip())) for name, _, value in pairs]
    message = HttpMessage(status=int(words[1]), headers=headers, body=body)
    if "chunked" in message.header("transfer-encoding").lower():
        return HttpMessage(status=message.status, headers=headers, body=_unchunked(body))
    return message


def _text(value: str) -> str:
    """Bytes of a header are UTF-8 where they are anything beyond ASCII."""
    return value.encode("latin-1").decode("utf-8", "replace")


def _split(block: bytes) -> tuple[bytes, bytes, bytes]:
    for mark in (b"\r\n\r\n", b"\n\n"):
        if mark in block[:ROOM]:
            return block.partition(mark)
    return block, b"", b""


def _unchunked(body: bytes) -> bytes:
    """Undo chunked transfer; a body that is not chunked is left: some tools undo it themselves."""
    pieces: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\n", at, at + 100)
        size = body[at:end].partition(b";")[0].strip() if end >= 0 else b""
        try:
            length = int(size, 16)
        except ValueError:
            return b"".join(pieces) if pieces else body
        if length <= 0:
            return b"".join(pieces)
        pieces.append(body[end + 1 : end + 1 + length])
        at = end + 1 + length + 2
