"""Comments on drafts, and categories held to be wrong, as kinds of contributions."""

from importlib.resources import files

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aiqyn.catalogue import read
from aiqyn.text import Text
from aiqyn_portal.base.formats import say_date
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.contributions.kinds import About, Kind
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.drafts.models import Draft, Paragraph
from aiqyn_portal.sections.drafts.queries.commenting import KIND

LONGEST_KEY = 10  # digits; keys are small numbers


def about(key: str) -> About | None:
    """The draft with this slug, and whether it takes comments today."""
    draft = Draft.objects.public().select_related("discussion").filter(slug=key).first()
    if draft is None:
        return None
    why_closed = closed_because(draft)
    return About(
        title=draft.title,
        view="drafts:draft",
        arguments={"slug": draft.slug},
        body_id=draft.body_id,
        is_open=not why_closed,
        why_closed=why_closed,
        due_on=draft.discussion.report_due_on if draft.discussion else None,
    )


def closed_because(draft: Draft) -> StrOrPromise:
    """Why no comment is taken now; "" while the discussion is open."""
    today, discussion = timezone.localdate(), draft.discussion
    if discussion is None or draft.state == Draft.State.PREPARATION:
        return _("The draft is not in discussion.")
    if draft.state != Draft.State.DISCUSSION:
        return _("The discussion of this draft is over.")
    if today < discussion.opens_on:
        return _("The discussion has not begun yet; it begins on %(day)s.") % {
            "day": say_date(discussion.opens_on)
        }
    if today > discussion.closes_on:
        return _("The discussion ended on %(day)s.") % {"day": say_date(discussion.closes_on)}
    return ""


def has_paragraph(key: str, anchor: str) -> bool:
    """Whether a published version of the draft has, or had, the paragraph."""
    if not (anchor.isascii() and anchor.isdecimal() and len(anchor) < LONGEST_KEY):
        return False
    rows = Paragraph.objects.filter(version__draft__slug=key, key=int(anchor))
    return rows.filter(version__published_at__isnull=False).exists()


def of_category(key: str) -> About | None:
    """The draft with this slug, whose category may be wrong at any time."""
    draft = Draft.objects.public().filter(slug=key).first()
    if draft is None:
        return None
    return About(
        title=draft.title,
        view="drafts:draft",
        arguments={"slug": draft.slug},
        body_id=draft.body_id,
    )


def form_of_category(key: str) -> str:
    """Where it is said, by anybody."""
    return reverse("drafts:report_category", args=[key])


def page_of_category(contribution: Contribution) -> str:
    """Where everybody reads what the body has answered."""
    return form_of_category(contribution.about_key)


CATEGORY = "draft_category"
DRAFT_CATEGORY = Kind(
    code=CATEGORY,
    title=_("Wrong category"),
    section="drafts",
    about=of_category,
    outcomes=("accepted", "declined"),
    measured_by="H147",
    term="draft_category",
    votes_against=False,
    said={
        "registered": pgettext_lazy("category report", "Waiting"),
        "accepted": pgettext_lazy("category report", "Category changed"),
        "declined": pgettext_lazy("category report", "Category kept"),
    },
    said_by=CATEGORY,
    told=read(files("aiqyn_portal.sections.drafts") / "told.yaml", dict[str, Text]),
    replies=False,
    write_at=form_of_category,
    decide_at="drafts:answer_category",
    reflects=False,
    place=page_of_category,
)
DRAFT_COMMENT = Kind(
    code=KIND,
    title=_("Comment on a draft act"),
    section="drafts",
    about=about,
    measured_by="H144",
    stances=True,
    wordings=True,
    decide_at="drafts:decide_about",
    has_part=has_paragraph,
)
