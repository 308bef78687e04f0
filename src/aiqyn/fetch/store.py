"""Content-addressed evidence: bytes kept under their own SHA-256, compressed, never edited.

Layout: `<address>/<first two hex digits>/<remaining 62>.zst`. The address is a
folder or anything fsspec knows ("memory://…", "s3://…"). A crawl keeps its
thousands of pages in one file beside them, `<address>/pack` (see `pack.py`):
making a small file costs seventy times as much as adding to a large one.
"""

import hashlib
import os
import re
import threading
from contextlib import suppress
from pathlib import Path

import zstandard

from aiqyn.errors import EvidenceError
from aiqyn.fetch.pack import Pack

LEVEL = 1  # 3 saves a tenth of the space and costs half as much time again
DIGEST = re.compile(r"[0-9a-f]{64}")


class Store:
    """Evidence under one address; one object per thread, any number of processes at once.

    With `packed`, for folders alone, what is put goes into the pack; then no other
    process may put anything packed there at the same time.
    """

    def __init__(self, address: str, *, packed: bool = False) -> None:
        self.address = address
        self._files: _Folder | _Remote = (
            _Remote(address) if "://" in address else _Folder(Path(address), packed=packed)
        )
        self._compressor = zstandard.ZstdCompressor(level=LEVEL)
        self._decompressor = zstandard.ZstdDecompressor()

    def put(self, content: bytes) -> str:
        """Keep `content`; return its SHA-256 in hex. Keeping it twice changes nothing."""
        sha256 = hashlib.sha256(content).hexdigest()
        if not self._files.has(sha256):
            self._files.write(sha256, self._compressor.compress(content))
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return the bytes whose digest is `sha256`.

        Raises EvidenceError when they are missing or no longer match the digest.
        """
        if DIGEST.fullmatch(sha256) is None:  # also keeps "../" out of file names
            raise EvidenceError(f"not a SHA-256 in hex: {sha256!r}")
        try:
            packed = self._files.read(sha256)
        except FileNotFoundError:
            raise EvidenceError(f"{self.address}: no evidence {sha256}") from None
        try:
            content = self._decompressor.decompress(packed)
        except zstandard.ZstdError as error:
            raise EvidenceError(f"{self.address}: evidence {sha256} is damaged: {error}") from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise EvidenceError(f"{self.address}: evidence {sha256} no longer matches its digest")
        return content

    def discard(self, sha256: str) -> None:
        """Remove bytes nobody needs any more; what is packed, or not there, stays as it is."""
        if DIGEST.fullmatch(sha256) is not None:
            self._files.remove(sha256)

    def __contains__(self, sha256: str) -> bool:
        return DIGEST.fullmatch(sha256) is not None and self._files.has(sha256)


class _Folder:
    """The fast path: plain files, written aside and renamed into place, and the pack."""

    def __init__(self, root: Path, *, packed: bool) -> None:
        self.root = root
        self.packed = packed
        self._pack = Pack(root / "pack")

    def has(self, sha256: str) -> bool:
        if self.packed:
            return sha256 in self._pack
        path = self._path(sha256)
        return (path.exists() and path.stat().st_size > 0) or sha256 in self._pack

    def read(self, sha256: str) -> bytes:
        if not self.packed and not self._pack.knows(sha256):
            with suppress(FileNotFoundError):
                return self._path(sha256).read_bytes()
        return self._pack.read(sha256)

    def write(self, sha256: str, content: bytes) -> None:
        if self.packed:
            self._pack.add(sha256, content)
            return
        target = self._path(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f"{target.name}.{os.getpid()}-{threading.get_ident()}")
        aside.write_bytes(content)
        aside.replace(target)

    def remove(self, sha256: str) -> None:
        self._path(sha256).unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path:
        return self.root / _name(sha256)


class _Remote:
    """Any other file system; object stores put a whole object or nothing."""

    def __init__(self, address: str) -> None:
        import fsspec  # type: ignore[import-untyped]  # noqa: PLC0415  # a folder needs none of it

        self.fs, self.root = fsspec.url_to_fs(address)

    def has(self, sha256: str) -> bool:
        return bool(self.fs.exists(f"{self.root}/{_name(sha256)}"))

    def read(self, sha256: str) -> bytes:
        return bytes(self.fs.cat_file(f"{self.root}/{_name(sha256)}"))

    def write(self, sha256: str, content: bytes) -> None:
        path = f"{self.root}/{_name(sha256)}"
        self.fs.makedirs(path.rpartition("/")[0], exist_ok=True)
        self.fs.pipe_file(path, content)

    def remove(self, sha256: str) -> None:
        if self.has(sha256):
            self.fs.rm_file(f"{self.root}/{_name(sha256)}")


def _name(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:]}.zst"
