"""Evidence as a WARC 1.1 archive that other people's tools open and replay.

One gzip member per record. An answer seen before is a revisit of the first, and so is an
address that redirected to one: of the steps between nothing is known. Answers whose bytes
were not kept (checked links) are told in the manifest, which stands in the archive as a
resource: whoever audits the archive gets the same findings.
"""

import hashlib
import zlib
from base64 import b32encode
from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple, Protocol
from uuid import NAMESPACE_URL, uuid5

from aiqyn import __version__
from aiqyn.chain import Evidence
from aiqyn.errors import InputError
from aiqyn.fetch.keeping import CERTIFICATE
from aiqyn.fetch.manifest import RENDERED, Manifest, sha256_of_manifest, to_lines
from aiqyn.fetch.warc import MANIFEST_URI

# Of the body as it lies here they say nothing: it is decoded and whole.
OF_THE_WIRE = {"content-encoding", "transfer-encoding", "content-length", "connection"}
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
HTTP = "application/http; msgtype=response"
NO_ANSWERS = RENDERED | {CERTIFICATE}  # roles of bytes that came in no answer
FIELDS = "application/warc-fields"


class Kept(Protocol):
    def get(self, sha256: str, /) -> bytes: ...


def write_warc(manifest: Manifest, store: Kept, path: Path) -> int:
    """Write everything the manifest names; return the number of records.

    The file is there whole or not at all; with a name that does not end in .gz it
    is not compressed. Raises InputError when it cannot be written, EvidenceError
    when bytes are missing.
    """
    aside = path.with_name(f"{path.name}.new")
    count = 0
    try:
        try:
            with aside.open("wb") as file:
                for record in warc_records(manifest, store):
                    file.write(packed(record) if path.suffix == ".gz" else record)
                    count += 1
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as problem:
        raise InputError(path, "", problem.strerror or "cannot be written") from None
    return count


def packed(record: bytes) -> bytes:
    """Return a record as a gzip member of its own: tools go to any of them at once."""
    member = zlib.compressobj(wbits=31)
    return member.compress(record) + member.flush()


def warc_records(manifest: Manifest, store: Kept) -> Iterator[bytes]:
    """Yield the archive record by record, not packed; one answer is in memory at a time.

    Raises EvidenceError when bytes are missing, once it comes to them.
    """
    writer = _Writer(sha256_of_manifest(manifest))
    software = f"software: Aiqyn/{__version__}\r\nformat: WARC File Format 1.1\r\n"
    about = f"{software}conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
    robots = "robots: obey\r\n" if manifest.limits.obey_robots else ""
    fields = f"{about}http-header-user-agent: {manifest.agent}\r\n{robots}"
    when = manifest.started_at
    yield writer.record("warcinfo", "", when, FIELDS, fields.encode(), {})
    lines = to_lines(manifest)
    yield writer.record(
        "resource", MANIFEST_URI, manifest.finished_at, "application/jsonl", lines, {}
    )
    for evidence in manifest.evidence:
        if evidence.role in NO_ANSWERS and evidence.sha256:
            content = store.get(evidence.sha256)
            target = f"urn:sha256:{evidence.sha256}"
            media_type = evidence.media_type or "application/octet-stream"
            yield writer.record("resource", target, evidence.taken_at, media_type, content, {})
        elif evidence.sha256 and evidence.status:
            yield from writer.answer(evidence, store.get(evidence.sha256))
    for evidence in manifest.evidence:
        if evidence.final_url and not evidence.sha256:
            yield from writer.moved(evidence)


class _First(NamedTuple):
    """Where a payload stands in the archive."""

    id: str  # of its record
    evidence: Evidence
    digest: str


class _Writer:
    """Numbers, digests and the first place of each payload."""

    def __init__(self, digest: str) -> None:
        self.digest = digest
        self._first: dict[str, _First] = {}  # by digest of the bytes
        self._kept: dict[str, _First] = {}  # by address

    def answer(self, evidence: Evidence, body: bytes) -> Iterator[bytes]:
        """A response, or a revisit of the same bytes, and what is known about it."""
        known = self._first.get(evidence.sha256)
        if known is None:
            own = self._id("response", evidence.url)
            known = self._first[evidence.sha256] = _First(own, evidence, _digest(body))
            more = {"WARC-Payload-Digest": known.digest}
            block = _head(evidence, len(body)) + body
            yield self.record("response", evidence.url, evidence.taken_at, HTTP, block, more)
        else:
            own = self._id("revisit", evidence.url)
            yield self._again(evidence, known)
        self._kept[evidence.url] = known
        told = [f"fetchTimeMs: {round(evidence.seconds * 1000)}"]
        if evidence.parent:
            told.append(f"via: {evidence.parent}")
        fields = "".join(f"{line}\r\n" for line in told).encode()
        yield self.record(
            "metadata",
            evidence.url,
            evidence.taken_at,
            FIELDS,
            fields,
            {"WARC-Concurrent-To": own},
        )

    def moved(self, evidence: Evidence) -> Iterator[bytes]:
        """A revisit of the answer that redirects led to, where its bytes were kept."""
        known = self._kept.get(evidence.final_url)
        if known is not None and evidence.url not in self._kept:
            self._kept[evidence.url] = known
            yield self._again(evidence, known)

    def _again(self, evidence: Evidence, known: "_First") -> bytes:
        more = {
            "WARC-Payload-Digest": known.digest,
            "WARC-Profile": SAME_PAYLOAD,
            "WARC-Refers-To": known.id,
            "WARC-Refers-To-Target-URI": known.evidence.url,
            "WARC-Refers-To-Date": _date(known.evidence.taken_at),
        }
        head = _head(evidence, known.evidence.size)
        return self.record("revisit", evidence.url, evidence.taken_at, HTTP, head, more)

    def record(
        self,
        kind: str,
        target: str,
        when: datetime,
        media_type: str,
        block: bytes,
        more: dict[str, str],
    ) -> bytes:
        """One record, its two empty lines included."""
        headers = {
            "WARC-Type": kind,
            "WARC-Record-ID": self._id(kind, target),
            "WARC-Date": _date(when),
            **({"WARC-Target-URI": target} if target else {}),
            **more,
            "WARC-Block-Digest": _digest(block),
            "Content-Type": media_type,
            "Content-Length": str(len(block)),
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"WARC/1.1\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"

    def _id(self, kind: str, target: str) -> str:
        """The same for the same evidence: an archive is written twice to the same bytes."""
        return f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{self.digest} {kind} {target}')}>"


def _head(evidence: Evidence, size: int) -> bytes:
    status = evidence.status
    known = HTTPStatus(status).phrase if status in set(HTTPStatus) else ""
    lines = [f"HTTP/1.1 {status} {known}".rstrip()]
    for line in evidence.headers.splitlines():
        name, colon, _ = line.partition(":")
        if colon and name.strip().lower() not in OF_THE_WIRE:
            lines.append(line)
    if not evidence.headers and evidence.media_type:
        charset = f"; charset={evidence.charset}" if evidence.charset else ""
        lines.append(f"Content-Type: {evidence.media_type}{charset}")
    lines.append(f"Content-Length: {size}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "replace")


def _digest(content: bytes) -> str:
    return f"sha1:{b32encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()}"


def _date(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
