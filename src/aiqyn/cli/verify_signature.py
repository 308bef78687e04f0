"""`aiqyn verify-signature`: hold an electronic signature against the document and its roots."""

import csv
import io
import sys
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

import click
import msgspec

from aiqyn.catalogue import ROOT, read
from aiqyn.cli.audit_words import Spoken
from aiqyn.cli.speaking import Speech, given_bytes, spoken
from aiqyn.errors import InputError
from aiqyn.signatures import CmsVerifier, Outcome, Signature, Trust, cms
from aiqyn.signatures.algorithms import named
from aiqyn.text import Text, say, without_controls

LARGEST_DOCUMENT = 200_000_000  # bytes
KAZAKHSTAN = timezone(timedelta(hours=5))
MARKS = {Outcome.GOOD: "✓", Outcome.BAD: "✗", Outcome.CANNOT_TELL: "?", Outcome.NOTE: "–"}
HINTS = ("content_missing", "no_roots", "revocation_unknown")  # there is something to be done
ENDINGS = (".p7s", ".p7m", ".cms", ".sig", ".p7b")
COLUMNS = ("signature", "signer", "remark", "outcome", "detail", "text")


class Said(msgspec.Struct):
    """One thing found out, as programs read it."""

    code: str
    outcome: Outcome
    detail: str
    text: str


class Signer(msgspec.Struct):
    outcome: Outcome
    signer: str
    issuer: str
    serial: str
    algorithm: str
    claimed_at: datetime | None
    remarks: list[Said]


class Verdict(msgspec.Struct):
    """The answer, as programs read it."""

    file: str
    at: datetime
    verdict: Outcome
    revocation_asked: bool
    signatures: list[Signer]


@click.command("verify-signature", cls=Spoken)
@click.argument("file", type=click.Path(), metavar="FILE")
@click.option("--signature", type=click.Path(), metavar="FILE.p7s")
@click.option(
    "--trust",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    metavar="FOLDER|FILE",
)
@click.option("--at", metavar="DATE")
@click.option("--without-revocation", is_flag=True)
@spoken
def command(
    file: str,
    signature: str | None,
    trust: tuple[Path, ...],
    at: str | None,
    without_revocation: bool,
    speech: Speech,
) -> None:
    """Verify a signature in CMS or CAdES of FILE; the help is in main_words.yaml."""
    moment = _moment(at)
    content = given_bytes(file, LARGEST_DOCUMENT) if signature else None
    place = signature or file
    verifier = CmsVerifier(Trust.load(*trust), asks_revocation=not without_revocation)
    try:
        result = verifier.verify(given_bytes(place, cms.LARGEST), content, at=moment)
    except InputError as problem:
        said = problem.problem + ("" if signature else _beside(file))
        raise InputError(place, problem.place, said) from None
    answer = Verdict(
        file=file,
        at=moment,
        verdict=result.outcome,
        revocation_asked=verifier.asks_revocation,
        signatures=[_signer(each, speech.language) for each in result.signatures],
    )
    speech.say(
        answer,
        text=lambda: told(answer, speech.language),
        csv=lambda: listed(answer),
    )
    sys.exit(int(result.outcome is not Outcome.GOOD))


def _moment(written: str | None) -> datetime:
    if written is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        if len(written) == len("2026-11-22"):
            day = date.fromisoformat(written)
            return datetime.combine(day, time(23, 59, 59), KAZAKHSTAN).astimezone(UTC)
        moment = datetime.fromisoformat(written)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):  # the latter: the first day of the year 1, in UTC
        pass
    problem = "not a day like 2026-11-22, nor a moment with its zone like 2026-11-22T10:00+05:00"
    raise InputError("--at", written, problem)


def _signer(given: Signature, language: str) -> Signer:
    remarks = [
        Said(each.code, each.outcome, each.detail, each.said(language)) for each in given.remarks
    ]
    return Signer(
        outcome=given.outcome,
        signer=given.signer,
        issuer=given.issuer,
        serial=given.serial,
        algorithm=given.algorithm,
        claimed_at=given.claimed_at,
        remarks=remarks,
    )


def told(answer: Verdict, language: str) -> str:
    """Whose signatures these are, what was found out, what follows, what nobody can tell."""
    words = read(ROOT / "cli" / "verify_signature_words.yaml", dict[str, Text])

    def line(key: str, **values: object) -> str:
        shown = {name: without_controls(str(value)) for name, value in values.items()}
        return say(words[key], language).format(**shown)

    lines = [line("heading", file=answer.file, at=f"{answer.at:%Y-%m-%d %H:%M:%S}")]
    for number, each in enumerate(answer.signatures, 1):
        lines += ["", line("signer", number=number, name=each.signer or "—")]
        if each.issuer:
            lines.append("  " + line("issuer", name=each.issuer, serial=each.serial))
        lines.append("  " + line("algorithm", name=named(each.algorithm)))
        if each.claimed_at:
            lines.append("  " + line("claimed_at", at=f"{each.claimed_at:%Y-%m-%d %H:%M:%S}"))
        lines += [f"  {MARKS[said.outcome]} {without_controls(said.text)}" for said in each.remarks]
    codes = {said.code for each in answer.signatures for said in each.remarks}
    lines += ["", line(answer.verdict)]
    lines += [line(f"hint_{code}") for code in HINTS if code in codes]
    if not answer.revocation_asked:
        lines.append(line("revocation_not_asked"))
    return "\n".join([*lines, "", line("limits")]) + "\n"


def listed(answer: Verdict) -> str:
    """The remarks as CSV."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for number, each in enumerate(answer.signatures, 1):
        for said in each.remarks:
            row = (each.signer, said.code, said.outcome, said.detail, said.text)
            writer.writerow([number, *map(without_controls, row)])
    return out.getvalue()


def _beside(file: str) -> str:
    """Say which signature lies beside a file that is none itself."""
    for ending in ENDINGS:
        if Path(file + ending).is_file():
            return f"\n  beside it lies {file}{ending}: give it with --signature"
    return ""
