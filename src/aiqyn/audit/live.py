"""A reader inside the worker process of a crawl."""

from collections.abc import Sequence
from datetime import date

import msgspec

from aiqyn import rules
from aiqyn.audit.reader import Reader
from aiqyn.audit.resources import all_asked
from aiqyn.audit.whole import audit_site, gather
from aiqyn.chain import Ask
from aiqyn.fetch.manifest import Manifest
from aiqyn.fetch.store import Store
from aiqyn.regulations import edition_on
from aiqyn.subjects import programmes, sections
from aiqyn.subjects.asks import asks_of
from aiqyn.subjects.site import About


class LiveReader(Reader):
    """A reader that lives in a crawl's worker process and tells the whole report at the end."""

    def __init__(self, folder: str, regulation: str, day: str, about: str = "{}") -> None:
        """All arguments are plain: `day` (ISO) is judged on, `about` is an About as JSON."""
        as_of = date.fromisoformat(day)
        whose = msgspec.json.decode(about, type=About)
        super().__init__(edition_on(regulation, as_of), as_of=as_of, about=whose)
        self.store = Store(f"{folder}/objects")
        sections.learn()  # here, and not in each of the processes this one is copied to
        programmes.learn()

    def get_ready(self) -> None:
        """Load what will be asked of the whole site, while others are waited for."""
        for requirement in self.edition.requires:
            rule = rules.load()[requirement.rule]
            if rule.kind == "site":
                rule.learn()

    def asks(self, manifest: Manifest) -> Sequence[Ask]:
        """Return what else has to be seen, now that everything links lead to has been read."""
        site = gather(manifest, self.store, self)
        return [*asks_of(site), *all_asked(site, self.store)]

    def result(self, manifest: Manifest) -> bytes:
        """Return the report as JSON."""
        report = audit_site(manifest, self.store, self.edition, as_of=self.as_of, reader=self)
        return msgspec.json.encode(report)
