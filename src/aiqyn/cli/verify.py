"""`aiqyn verify`: hold a receipt of a contribution against the published roots."""

import asyncio
import sys

import click
import msgspec

from aiqyn.catalogue import ROOT, read
from aiqyn.cli.audit_words import Spoken
from aiqyn.cli.speaking import Speech, given_bytes, spoken
from aiqyn.errors import FetchError
from aiqyn.fetch.http import Client
from aiqyn.fetch.limits import Limits
from aiqyn.ledger.receipts import (
    MOST_BYTES,
    Claim,
    Receipt,
    read_receipt,
    read_roots,
    verdict,
    verify,
)
from aiqyn.text import Text, say, without_controls

EXITS = {"proven": 0, "not_yet": 0, "broken": 1}
MARKS = {True: "✓", False: "✗", None: "…"}


class Verdict(msgspec.Struct):
    """The answer, as programs read it."""

    contribution: str
    verdict: str
    claims: list[Claim]


@click.command("verify", cls=Spoken)
@click.argument("receipt", metavar="RECEIPT.json")
@click.option("--roots", multiple=True, required=True, metavar="FILE|URL")
@click.option("--private", "--allow-private", is_flag=True)  # as other commands call it
@spoken
def command(receipt: str, roots: tuple[str, ...], private: bool, speech: Speech) -> None:
    """Verify the receipt of a contribution; the help is in main_words.yaml."""
    held = read_receipt(given_bytes(receipt), receipt)
    copies = [read_roots(_content(each, private=private), each) for each in roots]
    claims = verify(held, copies)
    answer = Verdict(held.contribution, verdict(claims), claims)
    speech.say(
        answer,
        text=lambda: told(held, answer, speech.language),
        csv=lambda: listed(answer),
    )
    sys.exit(EXITS[answer.verdict])


def told(receipt: Receipt, answer: Verdict, language: str) -> str:
    """What was checked, what follows from it, and what nobody can tell from a receipt."""
    words = read(ROOT / "cli" / "verify_words.yaml", dict[str, Text])
    lines = [say(words["heading"], language).format(number=receipt.contribution), ""]
    for number, step in enumerate(receipt.steps, 1):
        opened = step.opened.get("text")
        if opened is not None:
            said = say(words["text"], language).format(text=_shown(opened.value), step=number)
            lines += [said, ""]
    for claim in answer.claims:
        key = claim.code if claim.holds is not False else f"{claim.code}_fails"
        key = f"{claim.code}_waits" if claim.holds is None else key
        said = say(words[key], language).format(step=claim.step, detail=_shown(claim.detail))
        lines.append(f"{MARKS[claim.holds]} {said}")
    lines += ["", say(words[answer.verdict], language), "", say(words["limits"], language)]
    return "\n".join(lines).rstrip() + "\n"


def _shown(value: object) -> str:
    """A value of the receipt, fit for a terminal: whoever made the file may have planted codes."""
    return without_controls(str(value))


def listed(answer: Verdict) -> str:
    """The claims as CSV."""
    rows = ["step,claim,holds,detail"]
    states = {True: "yes", False: "no", None: "not yet"}
    for claim in answer.claims:
        detail = claim.detail.replace('"', '""')
        rows.append(f'{claim.step},{claim.code},{states[claim.holds]},"{detail}"')
    return "\r\n".join(rows) + "\r\n"


def _content(place: str, *, private: bool) -> bytes:
    if not place.startswith(("http://", "https://")):
        return given_bytes(place)
    return asyncio.run(_fetched(place, Limits(max_bytes=MOST_BYTES, allow_private=private)))


async def _fetched(address: str, limits: Limits) -> bytes:
    """Fetch one file. Raises FetchError."""
    async with Client(limits) as client:
        answer = await client.ask(address)
    if answer.failure or answer.status != 200:
        raise FetchError(address, answer.failure or f"HTTP {answer.status}", answer.detail)
    return answer.content
