"""A person's notices as Atom, at an address only that person knows."""

from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control

from aiqyn.text import NOT_IN_XML, Text, say
from aiqyn_portal.notices import letters
from aiqyn_portal.notices.models import Reader

NEWEST = 50
NAMESPACE = UUID("c1b5a0de-0f6c-4a5b-8a3e-6d1c1a7a9d10")  # ours; entries keep their ids by it


@cache_control(private=True, max_age=300)
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """The newest notices, read or not."""
    reader = get_object_or_404(Reader, feed_key=key, user__is_active=True)
    language = letters.languages_of(reader)[0]
    home = request.build_absolute_uri(reverse("notices:home"))
    newest = reader.deliveries.select_related("message")[:NEWEST]
    with override(language):
        made = Atom1Feed(
            title=_("Aiqyn: my notices"),
            link=home,
            description="",
            author_name="Aiqyn",
            language=language,
            feed_url=request.build_absolute_uri(),
            feed_guid=uuid5(NAMESPACE, key).urn,
        )
        for delivery in newest:
            message = delivery.message
            made.add_item(
                title=say(Text(message.title), language).translate(NOT_IN_XML),
                link=letters.href(message, language)
                or request.build_absolute_uri(reverse("notices:home")),
                description=say(Text(message.text), language).translate(NOT_IN_XML),
                unique_id=uuid5(NAMESPACE, message.key).urn,
                pubdate=delivery.at,
                updateddate=delivery.at,
            )
    answer = HttpResponse(made.writeString("utf-8"), content_type=made.content_type)
    answer["X-Robots-Tag"] = "noindex"
    return answer
