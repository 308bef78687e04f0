"""Commitments: a digest in place of a value, so that the value can be taken away later.

Whoever has the salt and the value can show that they are what was committed to. Once the salt
is erased nobody can: a name or a short text cannot be guessed from the digest.
"""

import hashlib
import hmac
import secrets
from typing import Any

import msgspec

SALT_BYTES = 16


def new_salt() -> str:
    """Return a fresh salt, in hex."""
    return secrets.token_hex(SALT_BYTES)


def commit(salt: str, value: Any) -> str:
    """Return the digest (hex) of `value`, anything msgspec encodes, under the hex `salt`.

    Halves of characters cannot be encoded: a text that holds one raises UnicodeEncodeError.
    """
    content = msgspec.json.encode(value, order="deterministic")
    return hmac.new(salt.encode(), content, hashlib.sha256).hexdigest()


def opens(commitment: str, salt: str, value: Any) -> bool:
    """Whether `salt` and `value` are what was committed to."""
    return hmac.compare_digest(commit(salt, value), commitment)
