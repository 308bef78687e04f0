"""The bytes of a large text file, read from any place by several threads at once."""

import codecs
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from msgspec import Struct
from msgspec.structs import replace

from aiqyn.subjects.datafile.csv_encoding import Encoding, detect

HEAD = 1 << 20  # bytes of its beginning that tell how a file is written
LINE = 4 << 10  # bytes of a line that is read again, to begin with
AFTER = 128 << 10  # bytes behind a part in which its last record may end
SAMPLE, SAMPLES = 32 << 10, 16  # bytes and number of samples beside the head


class Source(Struct, frozen=True, kw_only=True):
    """An open file, as it is to be read: `encoding.mark` bytes are no text."""

    number: int  # of the open file
    size: int  # bytes
    encoding: Encoding  # of the bytes read here
    written: Encoding  # of the file itself: UTF-16 is read as UTF-8

    def read(self, start: int, count: int) -> bytes:
        return os.pread(self.number, count, start)

    def line(self, start: int) -> bytes:
        r"""Return what stands from `start` on until \n or the end."""
        count = LINE
        while True:
            content = self.read(start, count)
            line, end, _ = content.partition(b"\n")
            if end or len(content) < count:
                return line
            count *= 4

    def samples(self) -> list[bytes]:
        """Return the head and samples spread over the rest, in bytes that may cut a line."""
        head = self.read(0, HEAD)
        step = (self.size - HEAD) // SAMPLES
        if step <= 0:
            return [head]
        return [head, *(self.read(HEAD + step * at, SAMPLE) for at in range(SAMPLES))]


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """Open a file for reading in parts."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        plain = Encoding(name="utf-8")
        source = Source(number=file.fileno(), size=size, encoding=plain, written=plain)
        encoding = detect(source.samples())
        if encoding.unit == 1:
            yield replace(source, encoding=encoding, written=encoding)
            return
        with tempfile.TemporaryFile() as other:
            _rewrite(file, other, encoding)
            size = os.fstat(other.fileno()).st_size
            yield Source(number=other.fileno(), size=size, encoding=plain, written=encoding)


def _rewrite(file: IO[bytes], other: IO[bytes], encoding: Encoding) -> None:
    """Write UTF-16 anew as UTF-8."""
    decoder = codecs.getincrementaldecoder(encoding.name)("replace")
    file.seek(encoding.mark)
    while content := file.read(HEAD):
        other.write(decoder.decode(content).encode("utf-8", "replace"))
    other.write(decoder.decode(b"", final=True).encode("utf-8", "replace"))
    other.flush()
