"""Content-addressed evidence: bytes kept under their own SHA-256, compressed, never edited.

Layout: `<address>/<first two hex digits>/<remaining 62>.zst`. The address is a
folder or anything fsspec knows ("memory://…", "s3://…").
"""

import hashlib
import os
import re
import threading
from pathlib import Path

import fsspec  # type: ignore[import-untyped]
import zstandard

from aiqyn.errors import EvidenceError

LEVEL = 1  # 3 saves a tenth of the space and costs half as much time again
DIGEST = re.compile(r"[0-9a-f]{64}")


class Store:
    """Evidence under one address; one object per thread, any number of processes at once."""

    def __init__(self, address: str) -> None:
        self.address = address
        if "://" in address:
            self._files: _Folder | _Remote = _Remote(address)
        else:
            self._files = _Folder(Path(address))
        self._compressor = zstandard.ZstdCompressor(level=LEVEL)
        self._decompressor = zstandard.ZstdDecompressor()

    def put(self, content: bytes) -> str:
        """Keep `content`; return its SHA-256 in hex. Keeping it twice changes nothing."""
        sha256 = hashlib.sha256(content).hexdigest()
        name = _name(sha256)
        if not self._files.has(name):
            self._files.write(name, self._compressor.compress(content))
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return the bytes whose digest is `sha256`.

        Raises EvidenceError when they are missing or no longer match the digest.
        """
        try:
            packed = self._files.read(_name(sha256))
        except FileNotFoundError:
            raise EvidenceError(f"{self.address}: no evidence {sha256}") from None
        try:
            content = self._decompressor.decompress(packed)
        except zstandard.ZstdError as error:
            raise EvidenceError(f"{self.address}: evidence {sha256} is damaged: {error}") from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise EvidenceError(f"{self.address}: evidence {sha256} no longer matches its digest")
        return content

    def __contains__(self, sha256: str) -> bool:
        return DIGEST.fullmatch(sha256) is not None and self._files.has(_name(sha256))


def _name(sha256: str) -> str:
    if DIGEST.fullmatch(sha256) is None:  # also keeps "../" out of file names
        raise EvidenceError(f"not a SHA-256 in hex: {sha256!r}")
    return f"{sha256[:2]}/{sha256[2:]}.zst"


class _Folder:
    """The fast path: plain files, written aside and renamed into place."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._ready: set[str] = set()

    def has(self, name: str) -> bool:
        try:
            return os.stat(f"{self.root}/{name}").st_size > 0  # noqa: PTH116
        except FileNotFoundError:
            return False

    def read(self, name: str) -> bytes:
        return (self.root / name).read_bytes()

    def write(self, name: str, content: bytes) -> None:
        if name[:2] not in self._ready:
            (self.root / name[:2]).mkdir(parents=True, exist_ok=True)
            self._ready.add(name[:2])
        target = f"{self.root}/{name}"
        aside = f"{target}.{os.getpid()}-{threading.get_ident()}"
        # pathlib and `open` cost three times the system calls' own time here.
        file = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            _write_all(file, content)
        finally:
            os.close(file)
        os.replace(aside, target)  # noqa: PTH105


def _write_all(file: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(file, rest) :]


class _Remote:
    """Any other file system; object stores put a whole object or nothing."""

    def __init__(self, address: str) -> None:
        self.fs, self.root = fsspec.url_to_fs(address)

    def has(self, name: str) -> bool:
        return bool(self.fs.exists(f"{self.root}/{name}"))

    def read(self, name: str) -> bytes:
        return bytes(self.fs.cat_file(f"{self.root}/{name}"))

    def write(self, name: str, content: bytes) -> None:
        self.fs.makedirs(f"{self.root}/{name[:2]}", exist_ok=True)
        self.fs.pipe_file(f"{self.root}/{name}", content)
