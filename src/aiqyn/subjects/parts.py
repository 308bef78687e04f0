"""Parts of whatever a site gives for an address: people also write "http://[x" and "//a]b"."""

import re
from urllib.parse import SplitResult, urlsplit

# What nearly all addresses are: for these `urlsplit` does nothing else, ten times slower.
_PLAIN = re.compile(r"(https?)://([a-z0-9.:-]+)(/[!\"$->@-~]*)?(?:\?([!\"$-~]*))?")
_DOCUMENTS = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".odt", ".ods", ".rtf", ".ppt", ".pptx",
              ".csv", ".xml", ".json", ".zip", ".rar")  # fmt: skip


def parts_of(address: str) -> SplitResult:
    """Return the parts of `address`; what no parser takes for one is all path, on no host."""
    if plain := _PLAIN.fullmatch(address):
        scheme, host, path, query = plain.groups("")
        return SplitResult(scheme, host, path, query, "")
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", address, "", "")


def hostname_of(address: str) -> str:
    """Return what `parts_of(address).hostname` says, "" for nothing; a third of its time."""
    if plain := _PLAIN.fullmatch(address):
        return plain[2].partition(":")[0]
    return parts_of(address).hostname or ""


def is_document(address: str) -> bool:
    """Whether the name at the end of an address is that of a file to download."""
    return address.partition("?")[0].lower().endswith(_DOCUMENTS)
