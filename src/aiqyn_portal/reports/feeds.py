"""An Atom feed of newly published ratings, one per language."""

from uuid import UUID, uuid5

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import override

from aiqyn.text import NOT_IN_XML
from aiqyn_portal.base.formats import say_number
from aiqyn_portal.evaluation.models import Rating
from aiqyn_portal.evaluation.queries import current_ratings, other_total

NEWEST = 50
NAMESPACE = UUID("6f6f5b1c-7d0a-4c1e-9a55-0b6b8a1f2c3d")  # ours; entries keep their ids by it


def ratings(request: HttpRequest, language: str = settings.LANGUAGE_CODE) -> HttpResponse:
    """The newest ratings. An entry keeps its id for ever; a correction is a new entry."""
    if language not in dict(settings.LANGUAGES):
        raise Http404(language)
    newest = list(
        current_ratings()
        .defer("tree", "findings")
        .filter(entry__round__state="final")
        .prefetch_related("entry__body__names")
        .order_by("-made_at", "-pk")[:NEWEST]
    )
    with override(language):
        feed = _feed(request, language)
        for rating in newest:
            _add(feed, rating, request)
        return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _feed(request: HttpRequest, language: str) -> Atom1Feed:
    here = request.build_absolute_uri(reverse("ratings_feed_in", args=[language]))
    return Atom1Feed(
        title=_("Aiqyn: new ratings"),
        link=request.build_absolute_uri(reverse("reports:ratings")),
        description="",
        subtitle=_("Ratings of state bodies and corrections of them, newest first."),
        author_name="Aiqyn",
        language=language,
        feed_url=here,
        feed_guid=uuid5(NAMESPACE, language).urn,
    )


def _add(feed: Atom1Feed, rating: Rating, request: HttpRequest) -> None:
    round_, body = rating.entry.round, rating.entry.body
    address = reverse("reports:why", args=[round_.code, body.code])
    name = str(body.name_on(round_.until))
    feed.add_item(
        title=f"{name}: {round_.title}".translate(NOT_IN_XML),
        link=request.build_absolute_uri(address),
        description=_summary(rating),
        unique_id=_name_of(rating),
        pubdate=rating.made_at,
        updateddate=rating.made_at,
    )


def _name_of(rating: Rating) -> str:
    """What never changes for this rating, whatever database it is loaded into."""
    parts = (rating.entry.round.code, rating.entry.body.code, rating.stage, rating.tree_sha256)
    return uuid5(NAMESPACE, "/".join(parts)).urn


def _summary(rating: Rating) -> str:
    if rating.points is None:
        said = _("The total is not known.")
    else:
        said = _("Points: %(points)s of %(maximum)s.") % {
            "points": say_number(rating.points),
            "maximum": say_number(rating.max_points),
        }
        printed = other_total(getattr(rating, "printed_total", None), rating.points)
        if printed is not None:
            said += " " + _("The source printed %(points)s.") % {"points": say_number(printed)}
    if rating.stage == Rating.Stage.CORRECTION:
        said += " " + _("This corrects a rating published earlier.")
    return said
