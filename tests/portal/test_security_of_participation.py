"""What docs/security-participation.md promises: each test it names is there, and some more."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from aiqyn.calendar.ical import Entry, calendar
from aiqyn.ledger import commitments
from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.notices import actions as notices
from aiqyn_portal.notices import letters
from aiqyn_portal.notices.actions import gathering
from aiqyn_portal.notices.models import Letter
from aiqyn_portal.sections.drafts import actions as drafts
from aiqyn_portal.sections.drafts import refusals
from tests import factories
from tests.portal.conftest import signed_in
from tests.portal.deadlines.clocks import started
from tests.portal.drafts.projects import fresh, opened, over

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "security-participation.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
EVIL = "Жиналыс\r\nBcc: all@example.kz\r\nATTENDEE:evil"


def named_tests() -> list[tuple[str, str]]:
    return sorted(set(NAMED.findall(PAGE.read_text(encoding="utf-8"))))


def test_every_test_named_on_the_page_is_there() -> None:
    lost = [
        f"{path}::{name}"
        for path, name in named_tests()
        if not (ROOT / path).is_file()
        or f"\ndef {name}(" not in (ROOT / path).read_text(encoding="utf-8")
    ]

    assert (lost, len(named_tests()) > 80) == ([], True)


def test_every_line_names_a_test_or_a_reason() -> None:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:3] == "| V"]

    assert [line for line in lines if len(line.split("|")[4].strip()) < 20] == []


def exempt_views(patterns: list[Any]) -> set[str]:
    """Modules of views that take forms without a token."""
    found = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= exempt_views(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and getattr(pattern.callback, "csrf_exempt", False):
            found.add(f"{pattern.callback.__module__}.{pattern.callback.__name__}")
    return found


def test_forms_of_others_are_taken_at_three_places_only() -> None:
    assert exempt_views(get_resolver().url_patterns) == {
        "aiqyn_portal.notices.views.stop",  # the address carries a signed word
        "aiqyn_portal.sections.open_data.api.views.action",  # these two know no session
        "ninja.operation.sync_view_wrapper",
    }


def test_cookies_are_for_nobody_else(db: None) -> None:
    token = Client().get(reverse("account_login")).cookies[settings.CSRF_COOKIE_NAME]

    assert (token["samesite"], settings.SESSION_COOKIE_SAMESITE) == ("Lax", "Lax")
    assert settings.SESSION_COOKIE_HTTPONLY


def test_pages_say_how_a_browser_is_to_treat_them(db: None) -> None:
    answer = Client().get(reverse("contributions:rules"))

    policy = answer["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'self'" in policy or "default-src 'none'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert "camera=()" in answer["Permissions-Policy"]


def test_salts_are_long_and_never_the_same() -> None:
    salts = {commitments.new_salt() for _ in range(100)}

    assert (len(salts), {len(salt) for salt in salts}) == (100, {32})


def test_a_title_adds_no_header_to_a_letter(citizen: User) -> None:
    at = timezone.now()
    said = notices.Notice(
        code="trial",
        key="trial:evil",
        title=dict.fromkeys(("kk", "ru", "en"), EVIL),
        to=[citizen],
    )
    notices.tell(said, at=at)
    gathering.gather(at)

    message = letters.write(Letter.objects.get(), citizen.email).message()

    assert (message["Bcc"], message["To"]) == (None, citizen.email)
    assert "\n" not in str(message["Subject"])


def test_a_title_adds_no_line_to_a_calendar() -> None:
    entry = Entry(
        uid="1", title=EVIL, starts=date(2026, 12, 1), stamped_at=datetime(2026, 11, 1, tzinfo=UTC)
    )

    lines = calendar("Aiqyn", [entry]).split("\r\n")

    assert [line for line in lines if line.startswith(("Bcc", "ATTENDEE"))] == []


def test_a_due_date_goes_only_with_its_matter(body: Body, officer: User) -> None:
    other = factories.BodyFactory(code="kz-akm-turkistan")
    clock = started(body, subject="contribution:2025-000001", href="/kk/contributions/2025-000001/")
    address = reverse("deadlines:hand_over", args=[clock.pk])

    answer = signed_in(officer).post(address, {"to_body": other.pk, "reason": "Сіздікі"})

    assert answer.status_code == 422
    clock.refresh_from_db()
    assert clock.body == body


def test_a_draft_closed_meanwhile_is_not_closed_again(body: Body, officer: User) -> None:
    draft = over(opened(body, officer))
    seen_by_another = fresh(draft)
    now = timezone.now()
    drafts.close_discussion(draft, by=officer, at=now)

    with pytest.raises(refusals.NoDiscussion):
        drafts.close_discussion(seen_by_another, by=officer, at=now)
