"""`python -m tools.planting.proof`: write docs/proof.md, the page that shows what is proven.

The replicas are audited anew; the scores of the rules are read from `measured.csv`, which
`python -m tools.planting --out tools/planting/measured.csv` writes.
"""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct, convert

from aiqyn import rules
from aiqyn.audit import edition_on
from aiqyn.chain import Finding, Outcome
from tools.planting import causes
from tools.planting.crawled import audited
from tools.planting.replicas import CODES, JUDGED_ON, REPLICAS, replica
from tools.planting.scores import GOAL, Score
from tools.planting.trials import TRIED

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "proof.md"
MEASURED = Path(__file__).parent / "measured.csv"
ALL_GOOD = "Every rule reaches the goal, and every one has a plant."
REASONS = Path(__file__).parent / "reasons.yaml"
BODIES = {
    "MES": "Ministry of education",
    "MZ": "Ministry of health",
    "MLSP": "Ministry of labour",
    "VKO": "Eastern region",
    "ALM": "Large city",
    "KZO": "Southern region",
}


class Remark(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One remark of the experts and who in Aiqyn must say the same."""

    aspect: str
    sign: str  # "+" or "-"
    remark: str
    rules: list[str]
    person: str = ""  # code of a question
    planted: str = ""


class Expected(Struct, frozen=True, forbid_unknown_fields=True):
    """`expected.yaml` of a replica."""

    remarks: list[Remark]
    also: dict[str, str]  # rule → why it fails too

    def failing(self) -> set[str]:
        """Return the rules that must fail, those that need a browser left out."""
        named = {rule for each in self.remarks if each.sign == "-" for rule in each.rules}
        return {rule for rule in named | set(self.also) if is_judged(rule)}

    def passing(self) -> set[str]:
        return {rule for each in self.remarks if each.sign == "+" for rule in each.rules}


def is_judged(code: str) -> bool:
    """Whether a rule can be judged without drawing pages in a browser."""
    return rules.load()[code].kind != "rendered"


def expected(code: str) -> Expected:
    said: Any = yaml.safe_load((REPLICAS / code / "expected.yaml").read_text("utf-8"))
    return convert(said, Expected)


@cache
def findings(code: str) -> dict[str, Finding]:
    """Audit one replica on the day the experts looked at its model."""
    report, _ = audited(replica(code), edition_on("sites", JUDGED_ON))
    return {each.rule: each for each in report.findings}


def page() -> str:
    """Return the whole of docs/proof.md."""
    return "\n".join([*_head(), *_replicas(), *_measured(), *_causes()]) + "\n"


def _head() -> Iterator[str]:
    yield "# Proof: what the site audit finds, and what it does not"
    yield ""
    yield "Written by `python -m tools.planting.proof`; do not edit. Two trials stand behind this"
    yield "page, and both run on every machine: `pytest tests/proof`."
    yield ""


def _replicas() -> Iterator[str]:
    yield "## The experts and Aiqyn, remark by remark"
    yield ""
    yield "In October 2018 two experts compared six official sites of Kazakhstan (Bekbosynova,"
    yield "Dzhunusbekova, table 2). `examples/replicas/` holds six sites of invented bodies, each"
    yield "with the strengths and the defects the table names for its model and no others. Aiqyn"
    yield f"judges them as on {JUDGED_ON.isoformat()} by the edition in force then. A plus stands"
    yield "for a strength, a minus for a defect; **H…** is a question Aiqyn leaves to a person,"
    yield "**R…** a rule that needs pages drawn in a browser (`--rendered`)."
    yield ""
    told = {code: (expected(code), findings(code)) for code in CODES}
    yield from _matrix(told)
    for code, (said, found) in told.items():
        yield from _site(code, said, found)


def _matrix(told: dict[str, tuple[Expected, dict[str, Finding]]]) -> Iterator[str]:
    yield "Per aspect: what the experts say / what Aiqyn says (`?`: asks a person)."
    yield ""
    yield "| aspect | " + " | ".join(CODES) + " |"
    yield "|---|" + "---|" * len(CODES)
    aspects = sorted({each.aspect for said, _ in told.values() for each in said.remarks})
    for aspect in aspects:
        cells = [_cell(said, found, aspect) for said, found in told.values()]
        yield f"| {aspect} | " + " | ".join(cells) + " |"
    yield ""


def _cell(said: Expected, found: dict[str, Finding], aspect: str) -> str:
    remarks = [each for each in said.remarks if each.aspect == aspect]
    experts = "".join(sorted({each.sign for each in remarks}))
    own = "".join(sorted({verdict(each, found) for each in remarks}))
    return f"{experts} / {own}" if remarks else ""


def verdict(remark: Remark, found: dict[str, Finding]) -> str:
    """Return what Aiqyn says of the same thing: "-", "+" or "?"."""
    judged = [found[rule].outcome for rule in remark.rules if is_judged(rule)]
    if Outcome.FAILED in judged:
        return "-"
    return "+" if Outcome.PASSED in judged else "?"


def _site(code: str, said: Expected, found: dict[str, Finding]) -> Iterator[str]:
    yield f"### {code}: {BODIES[code]}"
    yield ""
    yield "| aspect | experts | what they say | Aiqyn |"
    yield "|---|---|---|---|"
    for remark in said.remarks:
        own = "; ".join(_told(remark, found))
        yield f"| {remark.aspect} | {remark.sign} | {remark.remark} | {own} |"
    yield ""
    for rule, why in said.also.items():
        yield f"Also failed: {rule}, {rules.load()[rule].text.title['en']}. {why}"
        yield ""


def _told(remark: Remark, found: dict[str, Finding]) -> Iterator[str]:
    for rule in remark.rules:
        title = rules.load()[rule].text.title["en"]
        if not is_judged(rule):
            yield f"{rule} {title}: needs a browser"
            continue
        finding = found[rule]
        count = len(finding.places) + finding.more
        places = f" ({count} places)" if count > 1 else ""
        yield f"{rule} {title}: **{finding.outcome.value}**{places}"
    if remark.person:
        yield f"{remark.person}: asks a person"


def measured() -> dict[str, Score]:
    """Return the scores of the last long run."""
    with MEASURED.open(encoding="utf-8", newline="") as lines:
        return {
            row["rule"]: Score(int(row["planted"]), int(row["found"]), int(row["false"]))
            for row in csv.DictReader(lines)
        }


def reasons() -> dict[str, str]:
    """Return why a rule is below the goal or cannot be planted."""
    return convert(yaml.safe_load(REASONS.read_text("utf-8")), dict[str, str])


def _measured() -> Iterator[str]:
    scores, why = measured(), reasons()
    planted = sum(each.planted for code, each in scores.items() if code not in TRIED)
    yield "## Recall and precision of every rule"
    yield ""
    yield "`tools/planting` composes sites from a seed (six layouts, five address schemes, six"
    yield "wordings of every title in three languages) and plants up to six defects in each: 200"
    yield "sites, and more for every rule that chance drew fewer than fifteen times."
    yield f"{planted} defects; the goal is {GOAL:.2f} for recall and precision of each rule."
    yield "A rule is said to find a defect only where it names the page that was broken."
    yield ""
    yield "Four rules have 50 sites of their own each, about half of them broken, the others whole"
    yield "or with something like the defect. S095 (calendars, filters, numbers of visits and"
    yield "circles), S097 (pictures, folders, style sheets, scripts that are gone) and S099 (heavy"
    yield "pictures): sites served on loopback and really crawled. S096: sites all of pictures, of"
    yield "shells of scripts, or with nothing on them."
    yield ""
    yield "| rule | what it asks | planted | found | false | recall | precision |"
    yield "|---|---|---|---|---|---|---|"
    for code, each in scores.items():
        title = rules.load()[code].text.title["en"] if code in rules.load() else ""
        shares = f"{each.recall:.3f} | {each.precision:.3f}" if each.planted else "– | –"
        yield f"| {code} | {title} | {each.planted} | {each.found} | {each.false} | {shares} |"
    yield ""
    below = [f"- {code}: {text}" for code, text in sorted(why.items()) if "." not in code]
    yield from ["Below the goal, or without a plant:", "", *below] if below else [ALL_GOOD]
    undrawn = [code for code, each in scores.items() if not each.planted]
    yield f"Plants no seed of these sites drew: {', '.join(undrawn) or 'none'}."


def _causes() -> Iterator[str]:
    table, why = causes.read(), reasons()
    plants = [each for each in table if each.plant != "trial"]
    lost = sum(each.planted - each.found for each in table)
    yield ""
    yield "## Every cause"
    yield ""
    yield "A rule says by a note what is wrong: its causes. `python -m tools.planting.causes` puts"
    yield f"each of {len(plants)} plants alone on {causes.SITES} sites and looks which causes are"
    yield f"named: {sum(each.planted for each in table)} defects, {lost} missed."
    yield "Rules with one cause have it in the table above; of the others:"
    yield ""
    yield "| rule | causes that were planted and named | not planted |"
    yield "|---|---|---|"
    for code, named in sorted(causes.named(table).items()):
        known = causes.causes_of(code)
        if len(known) > 1:
            lacking = [each for each in known if each not in named]
            yield f"| {code} | {', '.join(each for each in known if each in named)} | " + (
                f"{', '.join(lacking)} |" if lacking else "|"
            )
    yield ""
    said: dict[str, list[str]] = {}
    for code, text in sorted(why.items()):
        if "." in code:
            said.setdefault(text, []).append(code)
    yield from (f"- {', '.join(codes)}: {text}" for text, codes in said.items())


def main() -> None:
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
