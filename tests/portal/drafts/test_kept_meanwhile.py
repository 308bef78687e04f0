"""What changes while a page is drawn is never kept wrong."""

from dataclasses import replace

from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.drafts import actions, kept_catalogue, kept_comments, kept_reading
from aiqyn_portal.sections.drafts.models import Draft
from tests.factories import UserFactory
from tests.portal.drafts.kept import clear, page, voted
from tests.portal.drafts.projects import AT, PASSPORT, comment


def meanwhile(scene, monkeypatch, change):
    """Draw the comments while something changes: after the facts are asked, before the rows."""
    load = kept_comments._loaded

    def later(said, wanted):
        change()
        return load(said, wanted)

    with monkeypatch.context() as patched:
        patched.setattr(kept_comments, "_loaded", later)
        return page(scene.draft)


def test_votes_that_come_back_to_an_old_number_are_shown_so(scene, monkeypatch):
    clear()
    meanwhile(scene, monkeypatch, lambda: voted(scene.said, scene.neighbour))
    assert "For: 1<" in page(scene.draft)
    voted(scene.said, scene.neighbour, 0)

    assert "For: 0<" in page(scene.draft)


def test_who_joins_a_group_and_leaves_again_stands_alone(scene, monkeypatch):
    others = [
        comment(scene.draft, UserFactory(username=f"other-{n}"), "2", text=f"{n}: Мен қарсымын.")
        for n in range(2)
    ]
    contributions.group([scene.said, others[0]], by=scene.officer)
    everyone = list(Contribution.objects.all())
    clear()
    page(scene.draft)
    voted(scene.said, scene.neighbour)
    meanwhile(scene, monkeypatch, lambda: contributions.group(everyone, by=scene.officer))
    contributions.ungroup(others[1], by=scene.officer)

    kept = page(scene.draft)

    assert kept.count('class="draft-thread"') == 2
    clear()
    assert page(scene.draft) == kept


def test_a_reply_made_while_a_page_is_drawn_is_on_the_next(scene, monkeypatch):
    clear()
    said = {"text": "Дұрыс.", "parent": scene.said}
    first = meanwhile(
        scene, monkeypatch, lambda: comment(scene.draft, scene.neighbour, "2", **said)
    )

    assert ["Дұрыс." in html for html in (first, page(scene.draft))] == [False, True]


def retitled(scene, title):
    """Change the passport, as an officer does."""
    draft = Draft.objects.get(pk=scene.draft.pk)
    passport = replace(PASSPORT, title={**PASSPORT.title, "en": title})
    actions.change_passport(draft, passport, seen=draft.edition, by=scene.officer, at=AT)


def before(function, change):
    """The function, with something that changes just before it."""

    def later(*args):
        change()
        return function(*args)

    return later


def test_a_title_that_comes_back_is_shown_so(scene, monkeypatch):
    retitled(scene, "First")
    clear()
    with monkeypatch.context() as patched:
        load = before(kept_reading.load, lambda: retitled(scene, "Second"))
        patched.setattr(kept_reading, "load", load)
        page(scene.draft, "")
    retitled(scene, "First")

    assert "First" in page(scene.draft, "")


def test_a_title_that_comes_back_is_shown_so_in_the_catalogue(scene, monkeypatch, client):
    retitled(scene, "First")
    kept_catalogue.drawn_catalogue.cache_clear()
    with monkeypatch.context() as patched:
        rows = before(kept_catalogue._rested_on, lambda: retitled(scene, "Second"))
        patched.setattr(kept_catalogue, "_rested_on", rows)
        client.get("/en/drafts/")
    retitled(scene, "First")

    assert "First" in client.get("/en/drafts/").content.decode()
