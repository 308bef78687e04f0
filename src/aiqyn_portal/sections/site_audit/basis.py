"""Where a rule comes from: the clauses that ask for it and the works they name."""

from dataclasses import dataclass
from datetime import date

from aiqyn.audit import Edition, edition_on
from aiqyn.regulations import Requirement, regulations
from aiqyn.regulations.works import Work, works, works_named_in
from aiqyn.text import Text


@dataclass(frozen=True)
class Basis:
    """One clause; `whole` is the act or set of proposals it stands in, where it names no work."""

    clause: Text
    works: list[Work]
    whole: Text | None = None


def basis_of(rule: str) -> list[Basis]:
    """The clauses of the newest editions that ask for the rule, each once."""
    newest = (edition_on(name, date.max) for name in regulations())
    found = {
        (edition.regulation, each.clause["en"]): _basis(each, edition)
        for edition in newest
        for each in edition.requires
        if each.rule == rule
    }
    return list(found.values())


def _basis(asked: Requirement, edition: Edition) -> Basis:
    named = [works()[key] for key in works_named_in(asked.clause)]
    whole = None if named or edition.regulation in ("sites", "open_data") else edition.act
    return Basis(asked.clause, named, whole)
