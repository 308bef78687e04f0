"""Files nobody's program reads: tables of a PDF and of a picture are recognised, not read."""

from pathlib import Path

from aiqyn.subjects import pdf
from aiqyn.subjects.datafile.grid import Asking
from aiqyn.subjects.datafile.model import DataFile
from aiqyn.subjects.datafile.refusal import refused

_TROUBLES = {"broken": "broken_format", "locked": "encrypted", "heavy": "bomb"}


def read(path: Path, asking: Asking) -> DataFile:
    """Say that data is locked in paper, and how many pages of it a ruled table fills."""
    if asking.format == "image":
        return refused(asking, "data_in_picture")
    if path.stat().st_size > asking.limits.bytes:
        return refused(asking, "too_large")
    paper = pdf.read(path.read_bytes())
    if paper.trouble:
        return refused(asking, _TROUBLES[paper.trouble])
    scans = sum(page in ("scan", "layer") for page in paper.pages)
    if scans * 2 > len(paper.pages):
        return refused(asking, "data_in_picture", f"{scans} / {len(paper.pages)}")
    return refused(asking, "data_in_paper", f"{paper.ruled} / {len(paper.pages)}")
