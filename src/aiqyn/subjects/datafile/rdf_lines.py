"""N-Triples and N-Quads, line by line; a line that is no statement does not stop the rest."""

import re
from pathlib import Path

from aiqyn.subjects.datafile.graph import Statements, TooMany
from aiqyn.subjects.datafile.grid import Asking
from aiqyn.subjects.datafile.model import MOST_SPOTS, DataFile, Spot, Trouble

_IRI = r"<[^<>\"{}|^`\\\x00-\x20]*+>"
_NODE = rf"{_IRI}|<(?>(?:[^<>\"{{}}|^`\\\x00-\x20]++|\\u[0-9A-Fa-f]{{4}})*)>|_:[^\s<>\"]++"
_LITERAL = r'"(?>(?:[^"\\\n\r]++|\\[tbnrf"\'\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*)"'
_TAG = r"(?:@[A-Za-z]++(?>(?:-[A-Za-z0-9]++)*)|\^\^<[^<>\s]++>)?"
_LINE = re.compile(
    rf"\s*+({_NODE})\s*+<([^<>\s]++)>\s*+(?:({_NODE})|{_LITERAL}{_TAG})\s*+({_NODE})?\s*+\.\s*+(?:#.*)?\s*+"
)
_NOTHING = re.compile(r"\s*+(?:#.*)?\s*+")


def read(path: Path, asking: Asking) -> DataFile:
    """Count the statements; a graph is one whose every line is a statement."""
    statements = Statements(asking.limits)
    bad: list[Spot] = []
    count = 0
    was_cut = False
    with path.open("rb") as file:
        try:
            number = 0
            while line := file.readline(asking.limits.line):
                number += 1
                if not _add(line, statements, quads=asking.format == "nquads"):
                    count += 1
                    if len(bad) < MOST_SPOTS:
                        bad.append(
                            Spot(row=number, saw=line[:80].decode("utf-8", "replace").strip())
                        )
        except TooMany:
            was_cut = True
    troubles = [Trouble(kind="broken_statement", count=count, spots=tuple(bad))] if count else []
    if was_cut:
        troubles.append(Trouble(kind="too_large", detail=str(asking.limits.triples)))
    return DataFile(
        name=asking.name,
        format=asking.format,
        encoding="utf-8",
        links=statements.links(is_graph=not count and statements.count > 0),
        troubles=tuple(troubles),
        was_cut=was_cut,
    )


def _add(line: bytes, statements: Statements, *, quads: bool) -> bool:
    """Add the statement of a line; return False where it is none."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    found = _LINE.fullmatch(text)
    if not found or (found[4] and not quads):
        return _NOTHING.fullmatch(text) is not None
    leads = found[3] or ""
    statements.add(found[1].strip("<>"), found[2], leads.strip("<>") if leads[:1] == "<" else "")
    return True
