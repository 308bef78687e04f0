import gzip
import zlib

import brotli
import pytest
import zstandard

from aiqyn.errors import FetchError
from aiqyn.fetch.decoding import decode

PAGE = b"<p>Ashyq ukimet</p>" * 10_000


def bare_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


def undo(content: bytes, header: str, *, max_bytes=1_000_000, max_ratio=10_000) -> bytes:
    return decode("http://a/", content, header, max_bytes=max_bytes, max_ratio=max_ratio)


PACKED = {
    "gzip": gzip.compress(PAGE, mtime=0),
    "x-gzip": gzip.compress(PAGE, mtime=0),
    "deflate": zlib.compress(PAGE),
    "Deflate": bare_deflate(PAGE),
    "br": brotli.compress(PAGE),
    "zstd": zstandard.compress(PAGE),
    "gzip, br": brotli.compress(gzip.compress(PAGE, mtime=0)),
    "identity": PAGE,
    "utf-8": PAGE,  # a charset in the wrong header, as some servers send
}


@pytest.mark.parametrize(("header", "packed"), PACKED.items())
def test_decode_undoes_every_encoding(header, packed):
    assert undo(packed, header) == PAGE


def test_decode_joins_members_of_gzip_and_passes_over_padding():
    assert (
        undo(gzip.compress(b"one", mtime=0) + gzip.compress(b"two", mtime=0) + b"\0\0", "gzip")
        == b"onetwo"
    )


def test_decode_of_many_members_stops_at_the_cap():
    with pytest.raises(FetchError) as caught:
        undo(gzip.compress(b"x" * 60, mtime=0) * 3, "gzip", max_bytes=119)

    assert caught.value.cause == "too_large"


def test_decode_joins_frames_of_zstd():
    assert undo(zstandard.compress(b"one") + zstandard.compress(b"two"), "zstd") == b"onetwo"


def test_decode_leaves_an_empty_body_alone():
    assert undo(b"", "gzip") == b""


@pytest.mark.parametrize("header", ["gzip", "deflate", "Deflate", "br", "zstd"])
def test_decode_of_a_body_cut_short_is_broken(header):
    with pytest.raises(FetchError) as caught:
        undo(PACKED[header][:-12], header)

    assert caught.value.cause == "broken"


@pytest.mark.parametrize("header", ["gzip", "deflate", "br", "zstd"])
def test_decode_of_what_is_not_so_encoded_is_broken(header):
    with pytest.raises(FetchError) as caught:
        undo(b"<html>plain</html>" * 9, header)

    assert caught.value.cause == "broken"


@pytest.mark.parametrize("header", ["gzip", "deflate", "Deflate", "br", "zstd", "gzip, br"])
def test_decode_stops_at_a_bomb(header):
    with pytest.raises(FetchError) as caught:
        undo(PACKED[header], header, max_bytes=100_000, max_ratio=100)

    assert caught.value.cause == "bomb"


def test_decode_of_an_honest_large_body_is_too_large():
    with pytest.raises(FetchError) as caught:
        undo(PACKED["gzip"], "gzip", max_bytes=100_000)

    assert caught.value.cause == "too_large"


def test_decode_refuses_many_layers():
    with pytest.raises(FetchError) as caught:
        undo(b"x", "gzip, gzip, gzip, gzip")

    assert caught.value.cause == "bomb"
