"""The password every Excel tries by itself is known in all three kinds of encryption."""

import hashlib
import struct

import pytest

from aiqyn.subjects import old_locks
from aiqyn.subjects.old_locks import asks_for_password, rc4

SALT, VERIFIER = b"a salt of 16 ...", b"sixteen letters."


def weak(password):
    first = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    second = hashlib.md5((first + SALT) * 16).digest()[:5]
    key = hashlib.md5(second + bytes(4)).digest()
    hidden = rc4(key, VERIFIER + hashlib.md5(VERIFIER).digest())
    return struct.pack("<HHH", 1, 1, 1) + SALT + hidden


def strong(password, bits):
    first = hashlib.sha1(SALT + password.encode("utf-16-le")).digest()
    key = hashlib.sha1(first + bytes(4)).digest()[: (bits or 40) // 8]
    hidden = rc4(
        key if bits > 40 else key.ljust(16, b"\0"), VERIFIER + hashlib.sha1(VERIFIER).digest()
    )
    name = "RC4\0".encode("utf-16-le")
    head = struct.pack("<8I", 4, 0, 0x6801, 0x8004, bits, 1, 0, 0) + name
    told = struct.pack("<HHHII", 1, 4, 2, 4, len(head)) + head
    return told + struct.pack("<I", 16) + SALT + hidden[:16] + struct.pack("<I", 20) + hidden[16:]


@pytest.mark.parametrize("password", [old_locks.KNOWN, "құпия"])
@pytest.mark.parametrize(
    "told", [weak, lambda word: strong(word, 128), lambda word: strong(word, 0)]
)
def test_password_that_excel_does_not_know_is_asked_for(told, password):
    assert asks_for_password(told(password)) is (password != old_locks.KNOWN)


@pytest.mark.parametrize(("verifier", "asks"), [(0x9A0A, False), (0x1234, True)])
def test_encryption_of_excel_95_is_known_by_its_sixteen_bits(verifier, asks):
    assert asks_for_password(struct.pack("<HHH", 0, 0xE359, verifier)) is asks


@pytest.mark.parametrize("told", [struct.pack("<H", 7), struct.pack("<HH", 1, 9)])
def test_encryption_nobody_knows_says_nothing(told):
    assert asks_for_password(told) is None


@pytest.mark.parametrize("bits", [4, 41, 136, 2**31])
def test_key_of_a_length_there_is_not_is_an_error_too(bits):
    told = strong("a", 128)
    with pytest.raises(ValueError, match=r"^$"):
        asks_for_password(told[:30] + struct.pack("<I", bits) + told[34:])


@pytest.mark.parametrize("told", [b"", b"\x01", weak("a")[:30], strong("a", 128)[:60]])
def test_record_cut_off_is_an_error_that_the_reader_of_workbooks_takes(told):
    with pytest.raises((struct.error, ValueError)):
        asks_for_password(told)
