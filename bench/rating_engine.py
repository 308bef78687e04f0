"""Rating engine: 500 bodies × 100 indicators × 10 years, and 1 000 000 findings streamed.

    python bench/rating_engine.py            print the figures
    python bench/rating_engine.py --profile  and where the time goes, in one process

Stored findings are written to a temporary folder first; the clock runs from
the first byte read to the last rating made. Targets: under 10 s on two cores,
under 30 s with flat memory.
"""

import argparse
import cProfile
import pstats
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import msgspec

from aiqyn.chain import Count, Finding, Outcome, Place
from aiqyn.scoring.many import BodyFinding, Dossier, score_many, score_stream
from aiqyn.scoring.methodology import Methodology

BODIES, INDICATORS, YEARS, STREAM = 500, 100, 10, 1_000_000
OUTCOMES = (Outcome.PASSED, Outcome.PASSED, Outcome.PARTLY, Outcome.FAILED, Outcome.INAPPLICABLE)
MEASURES = (
    {"is": "share", "partly": "0.5"},
    {"is": "share_of_counts"},
    {"is": "lowest_step"},
    {"is": "deduction", "failed": "0.25", "partly": "0.1"},
    {"is": "ladder", "over": "counts", "steps": [
        {"at_least": "0.9", "gives": 1}, {"at_least": "0.5", "gives": "0.5"}]},
)  # fmt: skip


def edition(year: int) -> Methodology:
    """Return a methodology of 10 criteria with 10 indicators of one point each."""
    text = {"kk": "Көрсеткіш", "ru": "Показатель", "en": "Indicator"}
    indicators = [
        {
            "code": f"I{n}",
            "title": text,
            "points": 1,
            "measure": MEASURES[n % len(MEASURES)],
            "rules": [f"R{n}"],
        }
        for n in range(INDICATORS)
    ]
    criteria = [
        {"code": f"C{n}", "title": text, "indicators": indicators[n * 10 : n * 10 + 10]}
        for n in range(INDICATORS // 10)
    ]
    return msgspec.convert(
        {
            "id": f"bench-{year}", "kind": "profile", "title": text, "act": text, "url": "",
            "status": text, "official": False, "in_force_from": f"{year}-01-01",
            "step": "0.01", "criteria": criteria,
        },
        Methodology,
    )  # fmt: skip


def findings(chance: random.Random) -> Iterator[Finding]:
    """Yield one finding per indicator, as an audit stores them: digest, places, counts."""
    for n in range(INDICATORS):
        outcome, of = chance.choice(OUTCOMES), chance.randint(1, 400)
        broken = outcome is Outcome.FAILED
        yield Finding(
            rule=f"R{n}",
            outcome=outcome,
            evidence=f"{chance.getrandbits(256):064x}",
            places=(Place(where="main > p:nth-of-type(3)", saw="text"),) if broken else (),
            count=Count(good=chance.randint(0, of), of=of),
        )


def write_dossiers(path: Path) -> None:
    chance = random.Random(20)
    with path.open("wb") as file:
        for year in range(YEARS):
            for body in range(BODIES):
                dossier = Dossier(
                    body=f"body-{body}",
                    methodology=f"bench-{2016 + year}",
                    findings=tuple(findings(chance)),
                )
                file.write(msgspec.json.encode(dossier) + b"\n")


def write_stream(path: Path) -> None:
    chance = random.Random(21)
    with path.open("wb") as file:
        for number in range(STREAM):
            of = chance.randint(1, 400)
            finding = BodyFinding(
                body=f"body-{number // 2000}",
                rule=f"R{number % INDICATORS}",
                outcome=chance.choice(OUTCOMES),
                evidence=f"{number:064x}",
                count=Count(good=chance.randint(0, of), of=of),
            )
            file.write(msgspec.json.encode(finding) + b"\n")


def cpu() -> float:
    """Return the processor seconds used so far, of this process and its finished children."""
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def recompute(
    path: Path, methods: dict[str, Methodology], processes: int
) -> tuple[float, float, Decimal]:
    """Return wall and CPU seconds and the sum of all totals, the same for any `processes`."""
    total = Decimal(0)
    begun, used = time.perf_counter(), cpu()
    with path.open("rb") as file:
        for rating in score_many(file, methods, processes=processes):
            total += Decimal(msgspec.json.decode(rating)["points"])
    return time.perf_counter() - begun, cpu() - used, total


def stream(path: Path, method: Methodology) -> tuple[float, int, list[int]]:
    """Return the seconds, the ratings made, and peak memory (KB) after each tenth."""
    peaks: list[int] = []
    begun = time.perf_counter()
    made = 0
    with path.open("rb") as file:
        for _ in score_stream(file, method):
            made += 1
            if made % 50 == 0:
                peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return time.perf_counter() - begun, made, peaks


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    methods = {method.id: method for method in map(edition, range(2016, 2016 + YEARS))}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stream.jsonl"
        write_stream(path)
        seconds, made, peaks = stream(path, methods["bench-2016"])
        print(f"stream: {STREAM:,} findings → {made} ratings in {seconds:.2f} s")
        print(f"  peak memory {peaks[0] / 1024:.0f} MB after a tenth, {peaks[-1] / 1024:.0f} MB")
        path = Path(folder) / "dossiers.jsonl"
        write_dossiers(path)
        print(f"dossiers: {path.stat().st_size / 1e6:.0f} MB of stored findings")
        for processes in (1, 2):
            seconds, used, total = recompute(path, methods, processes)
            print(f"  {BODIES} × {INDICATORS} × {YEARS}, {processes} processes: {seconds:.2f} s")
            print(f"    {used:.2f} CPU seconds, sum of totals {total}")
        if asked.profile:
            profile = cProfile.Profile()
            profile.runcall(recompute, path, methods, 1)
            pstats.Stats(profile).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
