"""A version of a draft as files: written from the act, once for each format."""

from collections.abc import Callable

from django.core.cache import cache
from django.utils import timezone

from aiqyn.acts import writing
from aiqyn.acts.model import Act
from aiqyn_portal.sections.drafts.models import Text, Version
from aiqyn_portal.sections.drafts.reading import act_of

EDITION = "1"  # raise when the writers write otherwise: kept files are then made anew
SECONDS_KEPT = 60 * 60 * 24 * 7
LARGEST_KEPT = 4 * 1024 * 1024  # bytes
Writer = Callable[[Act, Version], bytes]


def _akoma(act: Act, version: Version) -> bytes:
    draft = version.draft
    assert version.published_at is not None  # noqa: S101  only published versions are written
    meta = writing.Meta(
        version_on=timezone.localdate(version.published_at),
        begun_on=timezone.localdate(draft.created_at),
        body=draft.body.code,
        name=draft.slug,
    )
    return writing.akn(act, meta)


FORMATS: dict[str, tuple[str, str, Writer]] = {
    # format: ending, media type, writer
    "akn": ("xml", "application/akn+xml", _akoma),
    "docx": (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        lambda act, version: writing.docx(act),
    ),
    "pdf": ("pdf", "application/pdf", lambda act, version: writing.pdf(act)),
    "html": ("html", "text/html; charset=utf-8", lambda act, version: writing.html(act)),
}


def ending_of(form: str) -> str:
    """The ending of the file's name."""
    return FORMATS[form][0]


def is_kept(version: Version, text: Text, form: str) -> bool:
    """Whether `written` has it ready."""
    return _key(version, text, form) in cache


def written(version: Version, text: Text, form: str) -> tuple[bytes, str]:
    """The text of a published version in a format, and its media type."""
    _ending, media_type, write = FORMATS[form]
    key = _key(version, text, form)
    content: bytes | None = cache.get(key)
    if content is None:
        content = write(act_of(text), version)
        if len(content) <= LARGEST_KEPT:
            cache.set(key, content, SECONDS_KEPT)
    return content, media_type


def _key(version: Version, text: Text, form: str) -> str:
    return f"draft-file:{EDITION}:{version.pk}:{text.act_sha256}:{form}"
