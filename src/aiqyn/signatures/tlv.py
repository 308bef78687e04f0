"""Reading ASN.1 as signatures are written: DER, and BER with lengths that are not said.

Only what CMS needs: values inside values, each with its tag and its bytes. Programs that write
while they read (NCALayer, `openssl cms -stream`) leave lengths out, so strict DER is not enough.
"""

from dataclasses import dataclass

from aiqyn.errors import InputError

SEQUENCE, SET, OCTETS, OID, INTEGER = 0x30, 0x31, 0x04, 0x06, 0x02
BUILT_OCTETS = 0x24  # an octet string in pieces
DEEPEST = 40
LONGEST_OID = 64  # bytes
MOST = 100_000  # values of one signature
_BUILT = 0x20
_UNSAID = 0x80  # a length that is not said; the value ends with two zero bytes


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """One value of a file; bytes are copied when asked for, so nesting does not multiply them."""

    tag: int
    data: bytes  # the whole file
    place: int  # where in the file the value starts, its content begins and ends, and it stops
    begin: int
    end: int
    stop: int
    parts: tuple["Value", ...] = ()  # the values inside

    @property
    def raw(self) -> bytes:
        """All of the value, tag and length included."""
        return self.data[self.place : self.stop]

    @property
    def content(self) -> bytes:
        return self.data[self.begin : self.end]


def read(data: bytes) -> Value:
    """Read one value that is the whole of `data`. Raises InputError."""
    reader = _Reader(data)
    value, end = reader.value(0, len(data), 0)
    if end != len(data):
        raise wrong(end, "something follows the signature")
    return value


def part(value: Value, place: int, tag: int) -> Value:
    """Return the part at `place`, which must have this tag. Raises InputError."""
    if place >= len(value.parts):
        raise wrong(value.stop, f"a part with tag {tag:#04x} was expected, there is none")
    found = value.parts[place]
    if found.tag != tag:
        raise wrong(found.place, f"a part with tag {tag:#04x} was expected, not {found.tag:#04x}")
    return found


def octets(value: Value) -> bytes:
    """Return the bytes of an octet string, whole or in pieces."""
    if value.tag & _BUILT:
        return b"".join(octets(piece) for piece in value.parts)
    return value.content


def oid(value: Value) -> str:
    """Return an object identifier in dots. Raises InputError."""
    content = value.content
    if value.tag != OID or not content or content[-1] & 0x80 or len(content) > LONGEST_OID:
        raise wrong(value.place, "an object identifier was expected")
    numbers, number = [], 0
    for byte in content:
        number = number << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(number)
            number = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))


def begins_attributes(data: bytes) -> bool:
    """Whether these bytes are a SET that begins like one of attributes (RFC 5652, 5.3).

    Only heads are looked at: what stands inside may be anything, and need not be readable.
    """
    try:
        reader = _Reader(data)
        tag, length, begin = reader.head(0, len(data))
        is_all = length is None or begin + length == len(data)
        first, _, inside = reader.head(begin, len(data))
        name, _, _ = reader.head(inside, len(data))
    except InputError:
        return False
    return is_all and (tag, first, name) == (SET, SEQUENCE, OID)


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
            raise wrong(start, "too many values, or one too deep inside another")
        tag, length, begin = self.head(start, stop)
        if length is None:
            return self._unsaid(tag, start, begin, stop, depth)
        end = begin + length
        if end > stop:
            raise wrong(start, "it ends before its end")
        parts = self._parts(begin, end, depth) if tag & _BUILT else ()
        return Value(tag, self.data, start, begin, end, end, parts), end

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
            raise wrong(start, "it ends before its end")
        return Value(tag, self.data, start, begin, at, at + 2, tuple(found)), at + 2

    def head(self, start: int, stop: int) -> tuple[int, int | None, int]:
        """Return the tag, the length (None: not said) and where the content begins."""
        if start + 2 > stop:
            raise wrong(start, "it ends before its end")
        tag, length = self.data[start], self.data[start + 1]
        if tag & 0x1F == 0x1F:
            raise wrong(start, f"a tag of more than one byte: {tag:#04x}")
        begin = start + 2
        if length == _UNSAID and tag & _BUILT:
            return tag, None, begin
        if length & 0x80:
            size = length & 0x7F
            if not 1 <= size <= 4 or begin + size > stop:
                raise wrong(start, f"a length nobody writes: {length:#04x}")
            length, begin = int.from_bytes(self.data[begin : begin + size]), begin + size
        return tag, length, begin


def wrong(place: int, problem: str) -> InputError:
    """Say what is wrong at which byte of the file."""
    return InputError("signature", f"byte {place}", problem)
