"""How fast documents are opened and told apart, and what a hostile one costs.

    python -m bench.documents [--files 400]

A mix as official sites have it, made with fpdf2: typed decisions, budgets in ruled tables,
scans, scans with recognised text, typed texts with a scanned annex, locked files, DOCX.
Beside it the engine alone: every page's text through pypdfium2, nothing judged.
"""

import argparse
import io
import random
import resource
import subprocess
import sys
import time
import zipfile
import zlib
from collections import Counter
from statistics import median

import pypdfium2
from fpdf import FPDF
from fpdf.enums import TextMode
from PIL import Image

from aiqyn.subjects.document import Document
from aiqyn.subjects.document_facts import facts_of_document
from bench import machine

RUNS = 5
WORDS = ("akimat", "district", "budget", "programme", "road", "school", "water", "report", "plan")
SHARES = {"text": 40, "table": 15, "scan": 20, "layer": 8, "mixed": 7, "locked": 2, "docx": 8}


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=14)).capitalize() + "."


def typed(paper: FPDF, chance: random.Random) -> None:
    paper.add_page()
    paper.multi_cell(0, text=" ".join(sentence(chance) for _ in range(28)))


def table(paper: FPDF, chance: random.Random) -> None:
    paper.add_page()
    for row in range(36):
        paper.line(10, 10 + row * 7, 200, 10 + row * 7)
    for column in range(7):
        paper.line(10 + column * 31, 10, 10 + column * 31, 255)
    for row in range(35):
        paper.text(12, 15 + row * 7, " ".join(chance.choices(WORDS, k=6)))


def picture(chance: random.Random) -> bytes:
    """A page scanned at 60 dpi, as grey noise that JPEG cannot make small."""
    out = io.BytesIO()
    Image.frombytes("L", (496, 702), chance.randbytes(496 * 702)).save(out, "JPEG", quality=60)
    return out.getvalue()


def scan(paper: FPDF, page: bytes) -> None:
    paper.add_page()
    paper.image(io.BytesIO(page), x=0, y=0, w=paper.w, h=paper.h)


def layer(paper: FPDF, page: bytes, chance: random.Random) -> None:
    scan(paper, page)
    with paper.local_context(text_mode=TextMode.INVISIBLE):
        paper.multi_cell(0, text=" ".join(sentence(chance) for _ in range(28)))


def made(kind: str, chance: random.Random, pages: list[bytes]) -> bytes:
    if kind == "docx":
        return docx(chance)
    paper = FPDF()
    paper.set_font("helvetica", size=11)
    if kind == "locked":
        paper.set_encryption(owner_password="a", user_password="b")
    for number in range(chance.randint(1, 6)):
        page = chance.choice(pages)
        if kind == "table":
            table(paper, chance)
        elif kind == "scan" or (kind == "mixed" and number):
            scan(paper, page)
        elif kind == "layer":
            layer(paper, page, chance)
        else:
            typed(paper, chance)
    return bytes(paper.output())


def docx(chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        lines = "".join(f"<w:p><w:t>{sentence(chance)}</w:t></w:p>" for _ in range(120))
        package.writestr("word/document.xml", f"<w:document>{lines}</w:document>")
    return out.getvalue()


def mix(files: int) -> list[bytes]:
    chance = random.Random(20261121)
    pages = [picture(chance) for _ in range(8)]
    kinds = chance.choices(list(SHARES), weights=list(SHARES.values()), k=files)
    return [made(kind, chance, pages) for kind in kinds]


def timed(documents: list[bytes]) -> tuple[float, float, Counter[str], int]:
    """Return wall and CPU seconds, the kinds found, pages."""
    wall, cpu = time.perf_counter(), time.process_time()
    kinds: Counter[str] = Counter()
    pages = 0
    for content in documents:
        document = Document(content)
        facts = facts_of_document(document)
        kinds[facts.kind] += 1
        pages += len(document.pages)
    return time.perf_counter() - wall, time.process_time() - cpu, kinds, pages


def engine_alone(documents: list[bytes]) -> float:
    """CPU seconds of pypdfium2 by itself: every PDF opened, the text of every page."""
    started = time.process_time()
    for content in documents:
        if not content.startswith(b"%PDF"):
            continue
        try:
            opened = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError:
            continue
        for page in opened:
            page.get_textpage().get_text_range()
        opened.close()
    return time.process_time() - started


def hostile() -> dict[str, bytes]:
    """Small files that would like to be large."""

    def file(packed: bytes, about: bytes = b"/Filter/FlateDecode") -> bytes:
        objects = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
            b"<<" + about + f"/Length {len(packed)}>>stream\n".encode() + packed + b"\nendstream",
        ]
        body = b"%PDF-1.4\n"
        for number, each in enumerate(objects, 1):
            body += f"{number} 0 obj\n".encode() + each + b"\nendobj\n"
        return body + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"

    rectangles = b"0 0 1 1 re f\n"
    blanks = zlib.compress(b" " * 200_000_000, 1)
    return {
        "200 MB of blanks": file(blanks),
        "100 MB of drawing": file(zlib.compress(rectangles * 8_000_000, 1)),
        "a stream packed twice": file(
            zlib.compress(blanks, 1), b"/Filter[/FlateDecode/FlateDecode]"
        ),
        "7 MB of drawing, under the limit": file(zlib.compress(rectangles * 560_000, 1)),
    }


def peak_of(content: bytes) -> tuple[float, int]:
    """Seconds and peak MiB of a process that reads one hostile file."""
    code = (
        "import sys, time; from aiqyn.subjects.document import Document;"
        "content = sys.stdin.buffer.read(); start = time.perf_counter();"
        "Document(content).kind;"
        "print(time.perf_counter() - start,"
        " int(open('/proc/self/status').read().partition('VmHWM:')[2].split()[0]) // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=content, capture_output=True, check=True
    )
    seconds, peak = done.stdout.split()
    return float(seconds), int(peak)


def rates(name: str, count: int, seconds: list[float]) -> str:
    shown = [f"{count / each:.0f}" for each in (median(seconds), min(seconds), max(seconds))]
    return f"| {name} | {' | '.join(shown)} |"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--files", type=int, default=400)
    files = asked.parse_args().files
    documents = mix(files)
    runs, alone = [], []
    for _ in range(RUNS):
        runs.append(timed(documents))
        alone.append(engine_alone(documents))
    walls, cpus = [run[0] for run in runs], [run[1] for run in runs]
    kinds, pages = runs[0][2], runs[0][3]
    told = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    size = sum(map(len, documents)) / files / 1000
    lines = [
        "# Documents: opened and told apart",
        "",
        machine.facts("pypdfium2", "fpdf2"),
        "",
        f"{files} files, {pages} pages, {size:.0f} KB a file on average: {told}.",
        f"One process, {RUNS} runs; facts of the document included (words, language, requisites).",
        "",
        "| | median | best | worst |",
        "|---|---|---|---|",
        rates("files a second", files, walls),
        rates("files a CPU second", files, cpus),
        rates("pages a CPU second", pages, cpus),
        rates("beside: pypdfium2 alone, text of every page, files a CPU second", files, alone),
        "",
        f"Peak memory of the process, documents included: {peak} MiB.",
        "",
        "Hostile files, each in a process of its own:",
        "",
        "| | seconds | peak, MiB |",
        "|---|---|---|",
    ]
    for name, content in hostile().items():
        seconds, peak = peak_of(content)
        lines.append(f"| {name} | {seconds:.2f} | {peak} |")
    machine.keep("documents", "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
