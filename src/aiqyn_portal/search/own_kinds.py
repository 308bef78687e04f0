"""What this app enters itself: state bodies and the rules, which lie below it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from aiqyn import rules
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.search import index
from aiqyn_portal.search.kinds import Draft, Kind

EXAMPLE = "example"


def body_draft(body: Body) -> Draft:
    """A body by every name it bears or bore, its code and its number."""
    former: dict[str, str] = {"": f"{body.code} {body.bin}"}
    for old in body.names.all():
        for language, name in old.name.items():
            former[language] = f"{former.get(language, '')}\n{name}"
    return Draft(
        kind="body",
        key=body.code,
        title=body.name,
        view="reports:body",
        arguments={"code": body.code},
        text=former,
        body_id=body.pk,
        status=EXAMPLE if body.is_example else "",
        day=body.valid_from,
    )


def body_drafts() -> Iterator[Draft]:
    bodies = Body.objects.prefetch_related("names").order_by("pk")
    return (body_draft(body) for body in bodies.iterator(chunk_size=500))


def rule_drafts() -> Iterator[Draft]:
    for code, rule in sorted(rules.load().items()):
        yield Draft(
            kind="rule",
            key=code,
            title=rule.text.title,
            view="site_audit:rule",
            arguments={"code": code},
            summary=rule.text.why,
            text={"": code} | dict(rule.text.fix),
            is_reference=True,
        )


KINDS = (
    Kind("body", _("State bodies"), body_drafts, {EXAMPLE: _("example")}),
    Kind("rule", _("Rules"), rule_drafts),
)


def body_saved(instance: Body, *, raw: bool = False, **_told: Any) -> None:
    if not raw:
        index.put(body_draft(instance))


def body_deleted(instance: Body, **_told: Any) -> None:
    index.remove("body", instance.code)


def name_changed(instance: Any, *, raw: bool = False, **_told: Any) -> None:
    """A former name was added, changed or taken away."""
    if not raw:
        body = Body.objects.filter(pk=instance.body_id).first()
        if body:
            index.put(body_draft(body))
