"""Names of uploaded files, made harmless."""

LONGEST_NAME = 150
FORBIDDEN = set('/\\:*?"<>|#%&;')


def plain_name(name: str) -> str:
    """The file's own name as part of an address: no folders, no control characters."""
    base = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(
        "-" if c in FORBIDDEN or c.isspace() else c for c in base if c.isprintable() or c.isspace()
    )
    return kept.strip("-. ")[-LONGEST_NAME:] or "file"
