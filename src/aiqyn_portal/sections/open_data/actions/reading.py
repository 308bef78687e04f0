"""Reading a file that waits: fetched where it is a link, read and graded in a process apart."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from aiqyn.datastore import largest_table
from aiqyn.errors import EvidenceError, exact_cause
from aiqyn.fetch.addresses import normalise
from aiqyn.fetch.http import Answer, Client
from aiqyn.fetch.limits import Limits
from aiqyn_portal.evidence.models import Snapshot
from aiqyn_portal.evidence.store import keep, store
from aiqyn_portal.sections.open_data import addresses, tables
from aiqyn_portal.sections.open_data.actions.files import MEGABYTE
from aiqyn_portal.sections.open_data.actions.passports import locked_set
from aiqyn_portal.sections.open_data.actions.regrading import under_passport
from aiqyn_portal.sections.open_data.child import Asked, Examined
from aiqyn_portal.sections.open_data.models import Column, File, Hold
from aiqyn_portal.sections.open_data.nouns import as_json
from aiqyn_portal.sections.open_data.refusals import SetIsGone
from aiqyn_portal.sections.open_data.vocabulary import licences

CHILD = "aiqyn_portal.sections.open_data.child"
LONGEST_S = 300  # one file may take, from the start of its process
State = File.State
Examine = Callable[[Asked], Examined]


class NotRead(Exception):
    """The file could not be read; `cause` is a key of wording.FAILURES."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


def read_file(
    pk: int, *, clock: Callable[[], datetime] = timezone.now, examine: Examine | None = None
) -> None:
    """Read one waiting file; how it ended is written in its row.

    `examine` reads it in a process apart unless told otherwise.
    """
    waiting = File.objects.filter(pk=pk, state=State.WAITING)
    if not waiting.update(state=State.READING, began_at=clock()):
        return
    file = File.objects.select_related("version__dataset__body").get(pk=pk)
    try:
        content = store().get(file.sha256) if file.sha256 else _fetched(file, clock())
        with TemporaryDirectory(dir=tables.folder()) as folder:
            asked = _question(file, content, Path(folder), clock())
            examined = (examine or examine_apart)(asked)
            table_sha256 = tables.keep(Path(folder) / "table.parquet") if examined.rows else ""
        _write(file, examined, table_sha256, clock())
    except NotRead as problem:
        _fail(file, problem.cause)
    except (EvidenceError, OSError):
        _fail(file, "storage")
    except Exception:
        _fail(file, "ours")
        raise


def _fail(file: File, cause: str) -> None:
    File.objects.filter(pk=file.pk).update(state=State.FAILED, failure=cause)


def _fetched(file: File, at: datetime) -> bytes:
    """The bytes at the file's address, kept as evidence."""
    limits = Limits(
        contact=settings.AUDIT_CONTACT,
        max_bytes=settings.OPEN_DATA_MEGABYTES * MEGABYTE,
        allowed_networks=tuple(settings.OPEN_DATA_NETWORKS),
    )
    answer = asyncio.run(_ask(file.link, limits))
    if answer.failure:
        raise NotRead(exact_cause(answer.failure, answer.tls))
    if answer.status != 200:
        raise NotRead("no_file")
    if not answer.content:
        raise NotRead("empty")
    seen = keep(
        answer.content,
        body=file.version.dataset.body,
        origin=Snapshot.Origin.UPLOAD,
        address=file.link,
        taken_at=at,
        media_type=answer.media_type[:100],
    )
    File.objects.filter(pk=file.pk).update(sha256=seen.sha256, size=seen.size)
    file.sha256, file.size = seen.sha256, seen.size
    return answer.content


async def _ask(link: str, limits: Limits) -> Answer:
    async with Client(limits) as client:
        return await client.ask(normalise(link))


def _question(file: File, content: bytes, folder: Path, at: datetime) -> Asked:
    """What to examine: the bytes as a file in the folder, the licence, the address to be."""
    source = folder / "file"
    source.write_bytes(content)
    dataset = file.version.dataset
    licence = licences().get(dataset.licence)
    return Asked(
        path=str(source),
        name=file.name,
        licence=licence.address if licence else "",
        address=addresses.judged(dataset, file.version, file),
        as_of=timezone.localdate(at),
        parquet=str(folder / "table.parquet"),
    )


def examine_apart(asked: Asked) -> Examined:
    """`child.examine` in a process of its own: it may break down or take too long, we may not.

    Raises NotRead.
    """
    try:
        done = subprocess.run(  # noqa: S603  our own module; the file's name travels inside
            [sys.executable, "-m", CHILD],
            input=msgspec.json.encode(asked),
            capture_output=True,
            timeout=LONGEST_S,
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise NotRead("too_long") from None
    except subprocess.CalledProcessError as problem:
        raise NotRead("too_hard") from problem
    return msgspec.json.decode(done.stdout, type=Examined)


@transaction.atomic
def _write(file: File, examined: Examined, table_sha256: str, at: datetime) -> None:
    try:
        dataset = locked_set(file.version.dataset_id)
    except SetIsGone:
        return  # deleted meanwhile, with the file
    if not File.objects.select_for_update().filter(pk=file.pk, state=State.READING).exists():
        return  # taken out, or read by another worker, meanwhile
    grade = under_passport(examined.grade, dataset, file)  # it may say otherwise meanwhile
    file.format = grade.file.format
    file.media_type = grade.file.media_type
    file.table_sha256, file.rows = table_sha256, examined.rows
    file.columns = len(examined.columns)
    file.grade, file.stars = as_json(grade), grade.stars.count
    file.state, file.failure = State.READ, ""
    file.save()
    file.dictionary.all().delete()
    Column.objects.bulk_create(_columns(file, examined))
    Hold.objects.filter(file=file).delete()
    if examined.personal:
        Hold.objects.create(file=file, found=as_json(list(examined.personal)), held_at=at)


def _columns(file: File, examined: Examined) -> list[Column]:
    """Columns of the table; words said of a column of the same name before are kept."""
    table = largest_table(examined.grade.file)
    if table is None or not examined.columns:
        return []
    before = _said_before(file)
    rows = []
    for name, column in zip(examined.columns, table.columns, strict=True):
        old = before.get(name)
        rows.append(
            Column(
                file=file,
                number=column.number,
                name=name.replace("\0", "")[:300],
                kind=column.kind,
                title=old.title if old else {},
                description=old.description if old else {},
                unit=(column.unit or (old.unit if old else ""))[:60],
                is_key=column.is_key,
            )
        )
    return rows


def _said_before(file: File) -> dict[str, Column]:
    """The dictionary of the newest released version, by the names of columns."""
    newest = file.version.dataset.newest
    if newest is None:
        return {}
    known = Column.objects.filter(file__version=newest).order_by("file", "number")
    return {column.name: column for column in known}
