"""Build what a worked case describes and judge it; shared by the tests of rules and reports."""

import hashlib
import io
import re
import tempfile
import zipfile
import zlib
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urljoin

import msgspec
import openpyxl
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from fpdf import FPDF
from fpdf.enums import TextMode
from PIL import Image

from aiqyn.audit import Reader, audit_site, gather
from aiqyn.chain import Evidence
from aiqyn.fetch.crawl import is_readable
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.manifest import Manifest
from aiqyn.grading.dataset import judge_dataset
from aiqyn.grading.grade import judge
from aiqyn.regulations import Edition, Requirement
from aiqyn.rules import Answer
from aiqyn.subjects.datafile.model import DataFile
from aiqyn.subjects.datafile.open import read as open_file
from aiqyn.subjects.dataset import Dataset
from aiqyn.subjects.passport import Passport
from aiqyn.subjects.rendering import FRAGMENT
from aiqyn.subjects.traits.asked import EVERY

ORIGIN = "http://site.example"
TAKEN = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
PHRASE = {"kk": "x", "ru": "x", "en": "x"}
_HREF = re.compile(r'href="([^"#]+)"')


class Kept(dict):
    """Bytes by digest, as a store has them."""

    def get(self, sha256):
        return self[sha256]


class Crawled(msgspec.Struct):
    """What a crawl leaves behind."""

    manifest: Manifest
    store: Kept


def crawled(start, evidence, objects):
    manifest = Manifest(
        start=start,
        agent="test",
        started_at=TAKEN,
        finished_at=TAKEN,
        limits=Limits(),
        evidence=tuple(sorted(evidence, key=lambda each: each.url)),
    )
    return Crawled(manifest, Kept(objects))


def edition_of(*requirements, regulation="sites"):
    return Edition(
        regulation=regulation,
        act=PHRASE,
        source="a test",
        note=PHRASE,
        in_force=date(2025, 1, 1),
        requires=requirements,
    )


def evidence_of(url, content, **more):
    return Evidence(
        url=url,
        taken_at=TAKEN,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        status=200,
        media_type="text/html",
        **more,
    )


def crawl(site, charset=""):
    """Return what a crawl of the mapping path → page would leave behind; missing pages are 404."""
    answers = {
        path if "://" in path else urljoin(ORIGIN, path): Answer(html=page)
        if isinstance(page, str)
        else answer(page)
        for path, page in site.items()
    }
    start = next(iter(answers))
    objects, seen = {}, {}
    queue = [(start, 0, "")]
    while queue:
        url, depth, parent = queue.pop(0)
        if url in seen:
            continue
        given = answers.get(url, Answer(status=404))
        seen[url] = _seen(url, given, objects, charset, depth=depth, parent=parent)
        target = urljoin(url, given.to) if given.to else ""
        body = answers[target].html if target else given.html
        if target:
            seen[url] = _redirected(seen[url], target, answers[target], objects)
        links = [urljoin(target or url, href) for href in _HREF.findall(body)]
        queue += [(link, depth + 1, url) for link in links if link.startswith(ORIGIN)]
    for url, given in answers.items():
        if url not in seen and given.role != "unseen":
            parent = _named_by(url, answers) or start
            seen[url] = _seen(url, given, objects, charset, depth=9, parent=parent)
            if given.to:
                seen[url] = _redirected(seen[url], urljoin(url, given.to), Answer(), objects)
    return crawled(start, seen.values(), objects)


def _named_by(url, answers):
    """The sitemap that names an address no link leads to."""
    maps = (each for each, given in answers.items() if given.role == "sitemap")
    return next((each for each in maps if f">{url}<" in answers[each].html), "")


def answer(page):
    return page if isinstance(page, Answer) else Answer(**page)


def site_of(kept):
    """Return the Site that rules about the whole site look at."""
    edition = edition_of()
    reader = Reader(edition, as_of=TAKEN.date(), asked=EVERY)
    for evidence in kept.manifest.evidence:
        if is_readable(evidence):
            reader.read(evidence, kept.store.get(evidence.sha256))
    return gather(kept.manifest, kept.store, reader)


def _seen(url, given, objects, charset, *, depth, parent):
    content = certified(*given.certificate.split()) if given.certificate else given.html.encode()
    digest = "" if given.failure else hashlib.sha256(content).hexdigest()
    if digest:
        objects[digest] = content
    return Evidence(
        url=url,
        taken_at=TAKEN,
        sha256=digest,
        size=len(content),
        status=given.status,
        media_type=given.media_type,
        charset=charset,
        failure=given.failure,
        depth=depth,
        parent=parent,
        role=given.role,
        headers=given.headers,
        hops=given.hops,
        tls=given.tls,
        seconds=given.seconds,
    )


def certified(since, until):
    """A certificate, PEM, valid on these days."""
    first, last = (datetime.fromisoformat(f"{each}T12:00+00:00") for each in (since, until))
    key = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32))
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "akimat.example")])
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).serial_number(1)
    built = built.public_key(key.public_key()).not_valid_before(first).not_valid_after(last)
    return built.sign(key, None).public_bytes(Encoding.PEM)


def _redirected(seen, target, given, objects):
    content = given.html.encode()
    digest = hashlib.sha256(content).hexdigest()
    objects[digest] = content
    return msgspec.structs.replace(seen, final_url=target, sha256=digest, size=len(content))


def finding_of(rule, case):
    """Judge the subject of one worked case."""
    if rule.kind == "table":
        return judge(file_of(case), Requirement(clause=PHRASE, rule=rule.code, params=case.params))
    asked = Requirement(clause=PHRASE, rule=rule.code, params=case.params)
    if rule.kind == "dataset":
        dataset = msgspec.convert({"id": "set", **(case.dataset or {})}, Dataset)
        return judge_dataset(Passport(dataset, case.as_of), asked)
    is_site = rule.kind == "site"
    kept = crawl(case.site, case.charset) if is_site else _single(rule, case)
    edition = edition_of(asked)
    report = audit_site(kept.manifest, kept.store, edition, as_of=case.as_of, about=case.about)
    live = Reader(edition, as_of=case.as_of, about=case.about)
    for evidence in reversed(kept.manifest.evidence):
        if evidence.sha256:
            live.read(evidence, kept.store.get(evidence.sha256))
    again = audit_site(kept.manifest, kept.store, edition, as_of=case.as_of, reader=live)
    assert again == report
    return report.findings[0]


def file_of(case):
    """The file of data a worked case describes."""
    said = {"name": "table.csv", **(case.file or {})}
    if case.given is None and "rows" not in said:
        return msgspec.convert(said, DataFile)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / said["name"]
        path.write_bytes(sheet_of(said["rows"]) if "rows" in said else encoded(case))
        return open_file(path)


def sheet_of(rows):
    """The bytes of a workbook with one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _single(rule, case):
    url = f"{ORIGIN}/"
    if rule.kind == "rendered":
        return _drawn(url, case.rendered)
    if rule.kind == "page":
        content, role = encoded(case), "page"
    else:
        content, role = document(case.document), "document"
    evidence = evidence_of(url, content, charset=case.charset, role=role)
    return crawled(url, [evidence], {evidence.sha256: content})


def _drawn(url, seen):
    """A page of no content, and what a browser saw of it; None: nobody opened a browser."""
    page = evidence_of(url, b"<p>")
    objects = {page.sha256: b"<p>"}
    if seen is None:
        return crawled(url, [page], objects)
    content = msgspec.json.encode({"page": url, "sha256": page.sha256, **seen})
    rendered = evidence_of(url + FRAGMENT, content, final_url=url, role="rendered")
    return crawled(url, [page, rendered], {**objects, rendered.sha256: content})


def encoded(case):
    """The bytes of a page; "mixed" is a UTF-8 mark before windows-1251."""
    text = case.given or ""
    if case.encoded == "mixed":
        return text[:1].encode() + text[1:].encode("cp1251")
    return text.encode(case.encoded)


def document(pages):
    """Return the bytes of a document: a PDF with these pages, or what a word in brackets says."""
    special = {
        ("(broken)",): b"%PDF-1.4 cut off in the midd",
        ("(empty)",): b" ",
        ("(old)",): b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    }
    if pages in special:
        return special[pages]
    if pages == ("(bomb)",):
        return bomb()
    if pages == ("(rows)",):
        return rows()
    if pages == ("(locked)",):
        return pdf(["Nobody may read this without the word"], password="word")
    return pdf(pages)


def draw_scan(paper):
    paper.image(Image.new("L", (60, 80), 200), w=180)


def draw_recognised(paper):
    """A picture of the whole page, and the words a program saw in it, unseen above."""
    paper.image(Image.new("L", (60, 80), 200), x=0, y=0, w=paper.w, h=paper.h)
    with paper.local_context(text_mode=TextMode.INVISIBLE):
        paper.multi_cell(0, text="A decision of the akim on the budget of the district, recognised")


def draw_table(paper):
    for row in range(27):
        paper.line(10, 10 + row * 10, 200, 10 + row * 10)
    for column in range(8):
        paper.line(10 + column * 27, 10, 10 + column * 27, 270)
    paper.multi_cell(0, text="Name, plan, fact, share, source, note and the like, one to a column")


DRAWN = {"(scan)": draw_scan, "(recognised)": draw_recognised, "(table)": draw_table}


def bomb():
    """A PDF whose page unpacks to twenty megabytes of drawing."""
    packed = zlib.compress(b"0 0 1 1 re f\n" * 1_600_000, 9)
    head = f"<</Length {len(packed)}/Filter/FlateDecode>>".encode()
    return b"%PDF-1.4\n4 0 obj\n" + head + b"stream\n" + packed + b"\nendstream endobj\n%%EOF"


def rows():
    """A DOCX with a table of a hundred rows."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        row = "<w:tr><w:tc><w:p><w:t>Plan and fact of the year</w:t></w:p></w:tc></w:tr>"
        package.writestr(
            "word/document.xml", f"<w:document><w:tbl>{row * 100}</w:tbl></w:document>"
        )
    return out.getvalue()


def pdf(pages, password=""):
    """Return a PDF; a page may be "(scan)", "(recognised)" or "(table)"."""
    paper = FPDF()
    paper.set_creation_date(TAKEN)
    paper.set_font("helvetica", size=12)
    if password:
        paper.set_encryption(owner_password=password + "!", user_password=password)
    for text in pages:
        paper.add_page()
        if text in DRAWN:
            DRAWN[text](paper)
        elif text:
            paper.multi_cell(0, text=text)
    return bytes(paper.output())
