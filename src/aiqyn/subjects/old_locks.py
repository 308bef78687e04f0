"""Whether an encrypted workbook of 1997 to 2003 asks for a password ([MS-OFFCRYPTO], [MS-XLS]).

Excel encrypts a protected workbook with a password that every Excel knows and tries by itself:
such a file opens for everybody. Only where that one does not fit is the file locked.
"""

import hashlib
import struct
from collections.abc import Callable

KNOWN = "VelvetSweatshop"
_STRONG = range(2, 5)  # versions of encryption by CryptoAPI; 1 is the older RC4


def asks_for_password(told: bytes) -> bool | None:
    """Say it of the record FilePass of a workbook; None where the bytes do not tell.

    Raises struct.error and ValueError for a record that is cut off or cannot be.
    """
    (kind,) = struct.unpack_from("<H", told)
    if kind == 0:
        _, verifier = struct.unpack_from("<HH", told, 2)
        return bool(verifier != _short_verifier(KNOWN))
    if kind != 1:
        return None
    (version,) = struct.unpack_from("<H", told, 2)
    if version == 1:
        salt, verifier, digest = (told[6 + 16 * part : 22 + 16 * part] for part in range(3))
        return not _fits(_weak_key(salt), verifier, digest, hashlib.md5)
    return _asks_cryptoapi(told) if version in _STRONG else None


def _asks_cryptoapi(told: bytes) -> bool:
    (size,) = struct.unpack_from("<I", told, 10)
    (bits,) = struct.unpack_from("<I", told, 30)
    if bits % 8 or not (bits == 0 or 40 <= bits <= 128):  # no key is so long
        raise ValueError
    at = 14 + size
    salt, verifier = told[at + 4 : at + 20], told[at + 20 : at + 36]
    digest = told[at + 40 : at + 60]
    first = _sha1(salt + KNOWN.encode("utf-16-le")).digest()
    key = _sha1(first + bytes(4)).digest()[: (bits or 40) // 8]
    return not _fits(key.ljust(16, b"\0") if bits in (0, 40) else key, verifier, digest, _sha1)


def _sha1(content: bytes) -> "hashlib._Hash":
    return hashlib.sha1(content, usedforsecurity=False)


def _md5(content: bytes) -> bytes:
    return hashlib.md5(content, usedforsecurity=False).digest()


def _weak_key(salt: bytes) -> bytes:
    first = _md5(KNOWN.encode("utf-16-le"))[:5]
    return _md5(_md5((first + salt) * 16)[:5] + bytes(4))


def _fits(
    key: bytes, verifier: bytes, digest: bytes, hashed: Callable[[bytes], "hashlib._Hash"]
) -> bool:
    if len(verifier) != 16 or not digest:
        raise ValueError
    plain = rc4(key, verifier + digest)
    return hashed(plain[:16]).digest() == plain[16:]


def rc4(key: bytes, content: bytes) -> bytes:
    """Encrypt or decrypt a few bytes."""
    state, mixed = list(range(256)), 0
    for place in range(256):
        mixed = (mixed + state[place] + key[place % len(key)]) % 256
        state[place], state[mixed] = state[mixed], state[place]
    first = second = 0
    found = bytearray()
    for byte in content:
        first = (first + 1) % 256
        second = (second + state[first]) % 256
        state[first], state[second] = state[second], state[first]
        found.append(byte ^ state[(state[first] + state[second]) % 256])
    return bytes(found)


def _short_verifier(password: str) -> int:
    """The 16 bits by which encryption by XOR knows a password."""
    letters = password.encode("ascii")
    verifier = 0
    for byte in reversed(bytes([len(letters)]) + letters):
        verifier = ((verifier >> 14) & 1 | (verifier << 1) & 0x7FFF) ^ byte
    return verifier ^ 0xCE4B
