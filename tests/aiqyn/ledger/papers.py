"""A small ledger made by hand: contributions, steps, days, roots, receipts."""

from datetime import date, timedelta
from typing import Any

from aiqyn import ledger
from aiqyn.ledger import commitments, trees
from aiqyn.ledger.receipts import VERSION, Opened, Proof, Receipt, Root, Roots, Step

DAY = date(2026, 11, 20)
PORTAL = "https://aiqyn.example"


def records(steps: int) -> list[dict[str, Any]]:
    """Steps of two contributions in turn, each committing to a text."""
    made = []
    for position in range(1, steps + 1):
        text = f"Пікір {position}"
        made.append(
            {
                "contribution": f"2026-00000{position % 2}",
                "step": (position + 1) // 2,
                "what": "received",
                "commitments": {"text": commitments.commit(salt(position), text)},
                "position": position,
            }
        )
    return made


def salt(position: int) -> str:
    return f"{position:032x}"


class Ledger:
    """Records sealed over days, `a_day` of them on each; the last days may have no root yet."""

    def __init__(self, steps: int, a_day: int, *, without_root: int = 0) -> None:
        self.records = records(steps)
        self.links: list[str] = []
        previous = ledger.GENESIS
        for record in self.records:
            previous = ledger.link(previous, record)
            self.links.append(previous)
        days = range(0, steps, a_day)
        self.day_of = {at: DAY + timedelta(days=n) for n, at in enumerate(days)}
        self.a_day = a_day
        self.roots = self._roots(list(days)[: len(days) - without_root])

    def _roots(self, begins: list[int]) -> Roots:
        previous, made = ledger.GENESIS, []
        for at in begins:
            leaves = self.links[at : at + self.a_day]
            held = {"first": at + 1, "size": len(leaves), "root": trees.root(leaves)}
            root = Root(day=self.day_of[at], link="", **held)
            previous = ledger.link(previous, root.as_record())
            made.append(Root(day=self.day_of[at], link=previous, **held))
        return Roots(version=VERSION, portal=PORTAL, roots=tuple(made))

    def receipt(self, number: str) -> Receipt:
        """All steps of one contribution, with every proof there is."""
        steps = [
            self.step(at) for at, each in enumerate(self.records) if each["contribution"] == number
        ]
        return Receipt(
            version=VERSION,
            portal=PORTAL,
            contribution=number,
            issued_at="2026-11-22T00:00:00+00:00",
            steps=tuple(steps),
        )

    def step(self, at: int) -> Step:
        begin = at - at % self.a_day
        root = {root.first: root for root in self.roots.roots}.get(begin + 1)
        leaves = self.links[begin : begin + self.a_day]
        proof = root and Proof(
            day=root.day,
            first=root.first,
            size=root.size,
            path=tuple(trees.path(trees.levels(leaves), at - begin)),
        )
        return Step(
            record=self.records[at],
            previous=self.links[at - 1] if at else ledger.GENESIS,
            link=self.links[at],
            opened={"text": Opened(salt=salt(at + 1), value=f"Пікір {at + 1}")},
            proof=proof or None,
        )
