"""Merkle trees over the links of one day, as RFC 6962 builds them.

A root is one digest for all leaves. A path of digests, as many as the tree is high, shows that
one leaf is in it, without showing any other.
"""

import hashlib
from collections.abc import Sequence


def root(leaves: Sequence[str]) -> str:
    """Return the root (hex) of `leaves`, hex digests; of none: the digest of nothing."""
    if not leaves:
        return hashlib.sha256(b"").hexdigest()
    return levels(leaves)[-1][0].hex()


def levels(leaves: Sequence[str]) -> list[list[bytes]]:
    """Return every level of the tree, leaves first; the last level is the root alone.

    A node without a neighbour moves up as it is: the same tree as RFC 6962's.
    """
    level = [_leaf(each) for each in leaves]
    found = [level]
    while len(level) > 1:
        pairs = range(0, len(level) - 1, 2)
        above = [_node(level[at], level[at + 1]) for at in pairs]
        level = above + level[len(level) - len(level) % 2 :]
        found.append(level)
    return found


def path(tree: Sequence[Sequence[bytes]], index: int) -> list[str]:
    """Return the digests (hex) beside the way from leaf `index` to the root, lowest first."""
    beside = []
    for level in tree[:-1]:
        neighbour = index ^ 1
        if neighbour < len(level):
            beside.append(level[neighbour].hex())
        index //= 2
    return beside


def climb(leaf: str, index: int, size: int, beside: Sequence[str]) -> str | None:
    """Return the root to which `beside` leads from `leaf`, number `index` of `size`.

    None where the path has too many or too few digests for such a tree, or what is no digest.
    """
    if not 0 <= index < size:
        return None
    try:
        found = _leaf(leaf)
        rest = [bytes.fromhex(each) for each in beside]
    except ValueError:
        return None
    while size > 1:
        if index % 2 or index + 1 < size:
            if not rest:
                return None
            other = rest.pop(0)
            found = _node(other, found) if index % 2 else _node(found, other)
        index, size = index // 2, (size + 1) // 2
    return None if rest else found.hex()


def _leaf(digest: str) -> bytes:
    return hashlib.sha256(b"\0" + bytes.fromhex(digest)).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()
