"""Every error this library raises on purpose.

AiqynError
├── CatalogueError      a YAML or CSV file of ours is wrong: fix the file
├── InputError          a file somebody gave us is wrong: says file, place and value
├── FetchError          a source did not answer as expected: retry or report
│   └── NothingRead     a site was asked to the end, and no page of it could be read
├── EvidenceError       stored bytes are missing or no longer match their digest
└── ScoringError        findings and methodology do not fit together
"""


class AiqynError(Exception):
    """Base of all errors below; catch this at the edge (CLI, task, view)."""


class CatalogueError(AiqynError):
    """A rule, edition, methodology or registry file cannot be used as written."""

    def __init__(self, path: object, problem: str) -> None:
        super().__init__(f"{path}: {problem}")


class InputError(AiqynError):
    """A file given by a person cannot be used; `place` is a line, cell or key path."""

    def __init__(self, path: object, place: str, problem: str) -> None:
        super().__init__(f"{path}: {place}: {problem}" if place else f"{path}: {problem}")
        self.place = place
        self.problem = problem


class FetchError(AiqynError):
    """A source did not give usable evidence; `cause` is a code of `chain.Evidence.failure`."""

    def __init__(self, address: str, cause: str, detail: str = "", *, tls: str = "") -> None:
        super().__init__(f"{address}: {cause}" + (f" ({detail})" if detail else ""))
        self.address = address
        self.cause = cause
        self.detail = detail
        self.tls = tls  # of the cause "tls": one of chain.NO_TLS

    @property
    def exact_cause(self) -> str:
        """`cause` and `tls` in one word, as `exact_cause` makes it."""
        return exact_cause(self.cause, self.tls)


def exact_cause(failure: str, tls: str) -> str:
    """Return a failure, and why no secure connection came about where it is that: "tls_weak"."""
    return f"{failure}_{tls}" if tls else failure


class NothingRead(FetchError):
    """All that could be asked of a site was asked, and no page of it could be read."""


class EvidenceError(AiqynError):
    """Stored evidence is missing or damaged."""


class ScoringError(AiqynError):
    """The findings lack something the methodology asks for, or contradict it."""
