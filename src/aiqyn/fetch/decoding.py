"""Content-Encoding undone within bounds: a few kilobytes must not become our whole memory."""

import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
import zstandard

from aiqyn.errors import FetchError

PIECE = 1 << 16  # bytes decompressed at a time where the library bounds nothing itself
SIP = 256  # bytes of zstd fed at a time: at most some 8 MB come out
GZIP_MAGIC = b"\x1f\x8b"
MAX_LAYERS = 3  # "gzip, gzip, …": nobody needs more


def decode(url: str, content: bytes, header: str, *, max_bytes: int, max_ratio: int) -> bytes:
    """Return `content` as it was before the encodings named in the Content-Encoding `header`.

    Unknown names are passed over, as browsers do. Raises FetchError with cause
    "broken" (cut off or not so encoded), "bomb" (over `max_bytes` and more than
    `max_ratio` times what was received) or "too_large" (over `max_bytes`).
    """
    names = [name.strip().lower() for name in header.split(",")]
    layers = [DECODERS[name] for name in reversed(names) if name in DECODERS]
    if not content or not layers:
        return content
    if len(layers) > MAX_LAYERS:
        raise FetchError(url, "bomb", f"{len(layers)} layers of compression")
    received = len(content)
    for undo in layers:
        try:
            content = undo(content, max_bytes + 1)
        except (zlib.error, brotli.error, zstandard.ZstdError, EOFError) as error:
            raise FetchError(url, "broken", f"{header}: {error}") from None
        if len(content) > max_bytes:
            cause = "bomb" if len(content) > received * max_ratio else "too_large"
            raise FetchError(url, cause, f"over {max_bytes} bytes from {received}")
    return content


def _gzip(content: bytes, limit: int) -> bytes:
    """Every member of a gzip stream; also zlib, which some servers send under this name."""
    pieces: list[bytes] = []
    room = limit
    while room > 0:
        member = zlib.decompressobj(wbits=47)
        piece = member.decompress(content, room)
        if not member.eof and len(piece) < room:
            raise EOFError("cut off")
        pieces.append(piece)
        room -= len(piece)
        content = member.unused_data
        if not content.startswith(GZIP_MAGIC):  # what follows the last member is padding
            break
    return b"".join(pieces)


def _deflate(content: bytes, limit: int) -> bytes:
    """Zlib as the standard says, or bare deflate as many servers understood it."""
    try:
        return _gzip(content, limit)
    except zlib.error:
        bare = zlib.decompressobj(wbits=-15)
        piece = bare.decompress(content, limit)
        if not bare.eof and len(piece) < limit:
            raise EOFError("cut off") from None
        return piece


def _brotli(content: bytes, limit: int) -> bytes:
    decompressor = brotli.Decompressor()
    pieces = [decompressor.process(content, output_buffer_limit=PIECE)]
    size = len(pieces[0])
    while not decompressor.is_finished() and size < limit:
        piece = decompressor.process(b"", output_buffer_limit=PIECE)
        if not piece:
            raise EOFError("cut off")
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def _zstd(content: bytes, limit: int) -> bytes:
    """Every frame, fed in sips: each may grow, and the library bounds only its window."""
    pieces: list[bytes] = []
    size = 0
    while content and size < limit:
        frame = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
        for start in range(0, len(content), SIP):
            piece = frame.decompress(content[start : start + SIP])
            pieces.append(piece)
            size += len(piece)
            if frame.eof or size >= limit:
                break
        if not frame.eof and size < limit:
            raise EOFError("cut off")
        content = frame.unused_data + content[start + SIP :]
    return b"".join(pieces)


DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
