"""No date is in the future or before what had to come first."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.passport import Passport, day_of


def check(passport: Passport) -> Iterator[Place]:
    dataset = passport.dataset
    issued, modified = day_of(dataset.issued), day_of(dataset.modified)
    if not (issued or modified or dataset.since or dataset.until):
        raise Inapplicable
    for where, said in (("issued", dataset.issued), ("modified", dataset.modified)):
        if said and said[:10] > str(passport.as_of)[: len(said)]:
            yield Place(where=where, saw=said, note="future")
    if issued and modified and modified < issued:
        yield Place(where="modified", saw=dataset.modified, note="before_issue")
    if dataset.since and dataset.until and dataset.until < dataset.since:
        yield Place(where="period", saw=f"{dataset.since} – {dataset.until}", note="backwards")
