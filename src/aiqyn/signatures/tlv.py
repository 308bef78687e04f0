"""Reading ASN.1 as signatures are written: DER, and BER with lengths that are not said.

Only what CMS needs: values inside values, each with its tag and its bytes. Programs that write
while they read (NCALayer, `openssl cms -stream`) leave lengths out, so strict DER is not enough.
"""

from dataclasses import dataclass

from aiqyn.errors import InputError

SEQUENCE, SET, OCTETS, OID, INTEGER = 0x30, 0x31, 0x04, 0x06, 0x02
BUILT_OCTETS = 0x24  # an octet string in pieces
DEEPEST = 40
MOST = 100_000  # values of one signature
_BUILT = 0x20
_UNSAID = 0x80  # a length that is not said; the value ends with two zero bytes


@dataclass(frozen=True)
class Value:
    """One value: `raw` is all of it, `content` what is inside, `parts` the values inside."""

    tag: int
    raw: bytes
    content: bytes
    parts: tuple["Value", ...] = ()


def read(data: bytes) -> Value:
    """Read one value that is the whole of `data`. Raises InputError."""
    reader = _Reader(data)
    value, end = reader.value(0, len(data), 0)
    if end != len(data):
        raise _wrong(end, "something follows the signature")
    return value


def part(value: Value, place: int, tag: int) -> Value:
    """Return the part at `place`, which must have this tag. Raises InputError."""
    if place >= len(value.parts) or value.parts[place].tag != tag:
        raise _wrong(place, f"a part with tag {tag:#04x} was expected")
    return value.parts[place]


def octets(value: Value) -> bytes:
    """Return the bytes of an octet string, whole or in pieces."""
    if value.tag & _BUILT:
        return b"".join(octets(piece) for piece in value.parts)
    return value.content


def oid(value: Value) -> str:
    """Return an object identifier in dots. Raises InputError."""
    if value.tag != OID or not value.content or value.content[-1] & 0x80:
        raise _wrong(0, "an object identifier was expected")
    numbers, number = [], 0
    for byte in value.content:
        number = number << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(number)
            number = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))


def integer(value: Value) -> int:
    return int.from_bytes(value.content, signed=True)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.left = MOST

    def value(self, start: int, stop: int, depth: int) -> tuple[Value, int]:
        """Return the value that begins at `start`, and where it ends."""
        self.left -= 1
        if depth > DEEPEST or self.left < 0:
            raise _wrong(start, "too many values, or one too deep inside another")
        tag, length, begin = self._head(start, stop)
        if length is None:
            return self._unsaid(tag, start, begin, stop, depth)
        end = begin + length
        if end > stop:
            raise _wrong(start, "it ends before its end")
        parts = self._parts(begin, end, depth) if tag & _BUILT else ()
        return Value(tag, self.data[start:end], self.data[begin:end], parts), end

    def _parts(self, begin: int, end: int, depth: int) -> tuple[Value, ...]:
        found = []
        while begin < end:
            value, begin = self.value(begin, end, depth + 1)
            found.append(value)
        return tuple(found)

    def _unsaid(self, tag: int, start: int, begin: int, stop: int, depth: int) -> tuple[Value, int]:
        found, at = [], begin
        while self.data[at : at + 2] != b"\0\0":
            value, at = self.value(at, stop, depth + 1)
            found.append(value)
        if at + 2 > stop:
            raise _wrong(start, "it ends before its end")
        return Value(tag, self.data[start : at + 2], self.data[begin:at], tuple(found)), at + 2

    def _head(self, start: int, stop: int) -> tuple[int, int | None, int]:
        """Return the tag, the length (None: not said) and where the content begins."""
        if start + 2 > stop:
            raise _wrong(start, "it ends before its end")
        tag, length = self.data[start], self.data[start + 1]
        if tag & 0x1F == 0x1F:
            raise _wrong(start, "a tag of more than one byte")
        begin = start + 2
        if length == _UNSAID and tag & _BUILT:
            return tag, None, begin
        if length & 0x80:
            size = length & 0x7F
            if not 1 <= size <= 4 or begin + size > stop:
                raise _wrong(start, "a length nobody writes")
            length, begin = int.from_bytes(self.data[begin : begin + size]), begin + size
        return tag, length, begin


def _wrong(place: int, problem: str) -> InputError:
    return InputError("signature", f"byte {place}", problem)
