"""Texts of a version in preparation: taken, paired, given the keys comments hang on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from aiqyn.acts.model import Act
from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.attached import plain_name
from aiqyn_portal.base.refusals import ActionRefused
from aiqyn_portal.evidence.models import Snapshot
from aiqyn_portal.evidence.store import keep
from aiqyn_portal.sections.drafts.actions.passports import refuse_strangers, subject_of
from aiqyn_portal.sections.drafts.contents import contents, parts_of
from aiqyn_portal.sections.drafts.coupling import Couple, couples
from aiqyn_portal.sections.drafts.keys import Keyed, keyed
from aiqyn_portal.sections.drafts.models import Fate, Paragraph, Text, Version
from aiqyn_portal.sections.drafts.reading import (
    act_of,
    keep_act,
    read_act,
    refuse_other_language,
    refuse_same,
)
from aiqyn_portal.sections.drafts.refusals import VersionMissing
from aiqyn_portal.trail.actions import record

AT_ONCE = 500  # rows
FIELDS = {"kk": _("Text in Kazakh"), "ru": _("Text in Russian")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file with the text of a draft in one language."""

    language: str
    name: str
    content: bytes
    sure: bool = False  # the officer insists on the language


@transaction.atomic
def take_texts(
    version: Version, uploads: Sequence[Upload], *, by: User, at: datetime
) -> list[Text]:
    """Read texts into the version in preparation, in place of those it had.

    Raises PermissionDenied, DraftIsOver, VersionMissing, SameText, WrongLanguage and what
    `reading.read_act` raises.
    """
    refuse_strangers(version.draft, by)
    _refuse_published(version)
    taken = [_taken(version, upload, by, at) for upload in uploads]
    _rebuild(version)
    for text in taken:
        details = {"version": version.number, "language": text.language, "sha256": text.sha256}
        record(by, "draft.text", subject_of(version.draft), details)
    return taken


def _taken(version: Version, upload: Upload, by: User, at: datetime) -> Text:
    name = plain_name(upload.name)
    act = _act_of(version, upload, name)
    seen = keep(
        upload.content,
        body=version.draft.body,
        origin=Snapshot.Origin.UPLOAD,
        address=f"draft:{version.draft.slug}/v{version.number}/{upload.language}/{name}",
        taken_at=at,
    )
    text, _is_new = Text.objects.update_or_create(
        version=version,
        language=upload.language,
        defaults={
            "name": name,
            "sha256": seen.sha256,
            "size": len(upload.content),
            "act_sha256": keep_act(act),
            "title": act.title[:1000],
            "troubles": msgspec.to_builtins(act.troubles),
            "added_at": at,
            "added_by": by,
        },
    )
    return text


def _act_of(version: Version, upload: Upload, name: str) -> Act:
    """What the file says; a refusal names the file and its field."""
    try:
        act = read_act(upload.content, name, upload.language)
        refuse_same(version, act)
        if not upload.sure:
            refuse_other_language(act)
    except ActionRefused as refusal:
        refusal.field, refusal.what = upload.language, f"{FIELDS[upload.language]} ({upload.name})"
        raise
    return act


def _refuse_published(version: Version) -> None:
    if not Version.objects.filter(pk=version.pk, published_at__isnull=True).exists():
        raise VersionMissing


def _rebuild(version: Version) -> None:
    """Pair the texts anew and follow the paragraphs of the version before."""
    acts = {text.language: act_of(text) for text in version.texts.all()}
    found = couples(acts.get("kk"), acts.get("ru"))
    published = Paragraph.objects.filter(
        version__draft=version.draft_id, version__published_at__isnull=False
    )
    last = published.aggregate(last=Max("key"))["last"] or 0
    before = list(published.filter(version__number=version.before))
    keys = keyed(found, before, last + 1)
    version.paragraphs.all().delete()
    version.fates.all().delete()
    Paragraph.objects.bulk_create(_rows(version, found, keys), batch_size=AT_ONCE)
    Fate.objects.bulk_create(
        [
            Fate(
                version=version,
                key=each.key,
                became=each.became,
                what=each.what,
                likeness=each.likeness,
            )
            for each in keys.gone
        ],
        batch_size=AT_ONCE,
    )
    version.contents = contents(found, parts_of(found), keys.keys)
    version.save(update_fields=["contents"])
    for text in version.texts.all():
        units = sum(getattr(couple, text.language) is not None for couple in found)
        Text.objects.filter(pk=text.pk).update(units=units)


def _rows(version: Version, found: list[Couple], keys: Keyed) -> list[Paragraph]:
    parts = parts_of(found)
    return [
        Paragraph(
            version=version,
            key=keys.keys[place],
            position=place + 1,
            part=parts[place],
            kind=couple.leading.kind.value,
            depth=couple.leading.depth,
            number=couple.leading.number[:60],
            marker_kk=couple.kk.marker[:200] if couple.kk else "",
            marker_ru=couple.ru.marker[:200] if couple.ru else "",
            eid_kk=couple.kk.eid if couple.kk else "",
            eid_ru=couple.ru.eid if couple.ru else "",
            text_kk=couple.kk.text if couple.kk else "",
            text_ru=couple.ru.text if couple.ru else "",
            divergences=couple.divergences,
            fate=keys.fates[place],
        )
        for place, couple in enumerate(found)
    ]
