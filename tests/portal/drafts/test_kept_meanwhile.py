"""What changes while a page is drawn is never kept wrong."""

from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.drafts import kept_comments
from tests.factories import UserFactory
from tests.portal.drafts.kept import clear, page, voted
from tests.portal.drafts.projects import comment


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
