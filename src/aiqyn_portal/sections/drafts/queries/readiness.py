"""What a draft still lacks before its discussion may start, and what would be better."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.sections.drafts.models import Attachment, Draft, Version

LANGUAGES = ("kk", "ru")


@dataclass(frozen=True)
class Check:
    """One thing looked at before the start."""

    words: StrOrPromise
    is_met: bool
    is_needed: bool = True  # False: advice


def open_version(draft: Draft) -> Version | None:
    """The version in preparation."""
    return draft.versions.filter(published_at__isnull=True).first()


def checks(draft: Draft) -> list[Check]:
    """Everything looked at before a discussion starts, what is needed first."""
    version = open_version(draft) or draft.newest
    return [*_of_passport(draft), *_of_texts(version), *_of_files(draft)]


def lacking(draft: Draft) -> list[StrOrPromise]:
    """What is needed and not there; nothing when the discussion may start."""
    return [check.words for check in checks(draft) if check.is_needed and not check.is_met]


def _of_passport(draft: Draft) -> list[Check]:
    return [
        Check(_("title in Kazakh and in Russian"), _in_both(draft.title)),
        Check(_("type of the act"), bool(draft.type)),
        Check(_("category"), bool(draft.category)),
        Check(_("whom to ask: a telephone or an e-mail"), bool(draft.phone or draft.email)),
        Check(_("what changes, in plain words"), _in_both(draft.summary), is_needed=False),
    ]


def _in_both(phrase: dict[str, str]) -> bool:
    return all(phrase.get(language, "").strip() for language in LANGUAGES)


def _of_texts(version: Version | None) -> list[Check]:
    texts = {text.language: text for text in version.texts.all()} if version else {}
    differing = version.paragraphs.exclude(divergences=[]).exists() if version else False
    return [
        Check(_("text in Kazakh"), "kk" in texts),
        Check(_("text in Russian"), "ru" in texts),
        Check(_("no place where the two texts differ"), not differing, is_needed=False),
        Check(
            _("no trouble in reading the files"),
            not any(text.troubles for text in texts.values()),
            is_needed=False,
        ),
    ]


def _of_files(draft: Draft) -> list[Check]:
    kinds = set(draft.attachments.values_list("kind", flat=True)) if draft.pk else set()
    return [
        Check(_("explanatory note"), Attachment.Kind.NOTE in kinds),
        Check(_("comparative table"), Attachment.Kind.COMPARISON in kinds, is_needed=False),
        Check(_("expert opinion"), Attachment.Kind.OPINION in kinds, is_needed=False),
    ]
