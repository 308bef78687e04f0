"""Of a hundred thousand comments no more is looked at than is shown."""

from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions.grouping import actions as grouping
from aiqyn_portal.sections.drafts.queries import talk, waiting
from tests.factories import UserFactory
from tests.portal.drafts.projects import comment, decided, second_version

SAID = "Тұмылдырық кішкентай иттерге керек емес деп ойлаймын."
OTHERS = (
    "Алаңдардың саны тым аз, олар қаланың шетінде ғана орналасқан.",
    "Айыппұлдың мөлшері нақты көрсетілмеген, кім салатыны да белгісіз.",
    "Балалар ойнайтын жерде ит серуендетуге мүлде болмайды.",
)


def test_threads_of_many_comments_are_counted_as_those_of_few(scene, monkeypatch):
    draft = scene.draft
    copies = [
        comment(draft, UserFactory(username=f"copy-{n}"), "2", text=SAID + "!" * n) for n in (1, 2)
    ]
    for row in (scene.said, *copies):
        grouping.place(row)
    others = [
        comment(draft, UserFactory(username=f"other-{n}"), key, text=text)
        for n, (key, text) in enumerate(zip(("1", "2", ""), OTHERS, strict=True))
    ]
    contributions.group(others[:2], by=scene.officer)
    contributions.withdraw(copies[0], by=copies[0].author)
    comment(draft, scene.neighbour, "2", text="Иә.", parent=scene.said)
    lists = [talk.Wanted(draft.slug, anchors, "") for anchors in (None, ("2",), ("1", "2"))]
    few = [talk.counted(wanted, 6, 900) for wanted in lists]
    monkeypatch.setattr(talk, "FEW", 0)

    assert few == [3, 2, 2]
    for bound in (1, 2, 3, 900):
        counted = [talk.counted(wanted, 6, bound) for wanted in lists]
        assert counted == [min(bound, count) for count in few]


def test_of_many_decisions_to_reflect_the_first_are_shown(
    opened_draft, officer, officer_client, monkeypatch
):
    monkeypatch.setattr(waiting, "MOST_TO_REFLECT", 2)
    rows = [
        comment(opened_draft, UserFactory(username=f"one-{n}"), "2", text=text)
        for n, text in enumerate(OTHERS)
    ]
    decided(opened_draft, rows, officer)
    draft = second_version(opened_draft, officer)

    html = officer_client.get(f"/en/drafts/{draft.slug}/desk/").content.decode()

    assert waiting.to_reflect(draft) == (rows[:2], True)
    assert "The next ones are shown once these are linked." in html
