"""Comments follow their paragraphs through redrafting."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiqyn.acts.following import Fate, follow
from aiqyn.acts.model import Kind, Paragraph
from tests.aiqyn.acts import editing, measured_anchors


def point(number: int | str, text: str, above: str = "art_1") -> Paragraph:
    return Paragraph(eid=f"{above}__point_{number}", kind=Kind.POINT, number=str(number), text=text)


def article(number: int, heading: str) -> Paragraph:
    return Paragraph(eid=f"art_{number}", kind=Kind.ARTICLE, number=str(number), text=heading)


def told(old: list[Paragraph], new: list[Paragraph]) -> list[tuple[str, tuple[str, ...], str]]:
    return [(fate.old, fate.new, fate.what) for fate in follow(old, new)]


APPLY = "Өтініш беруші құжаттарды электрондық үкіметтің веб-порталы арқылы тапсырады."
CHECK = "Уәкілетті орган құжаттардың толықтығын екі жұмыс күні ішінде тексереді."
REFUSE = "Бас тарту туралы дәлелді жауап жазбаша нысанда жолданады."
HEARING = "Көрсетілетін қызметті алушы тыңдауға қатысуға құқылы."


def test_an_untouched_text_stays_the_same():
    act = [article(1, "Тәртіп"), point(1, APPLY), point(2, CHECK)]

    assert follow(act, act) == tuple(
        Fate(old=one.eid, new=(one.eid,), what="same", likeness=1.0) for one in act
    )


def test_nothing_follows_nothing():
    assert follow([], []) == ()
    assert told([point(1, APPLY)], []) == [("art_1__point_1", (), "orphan")]


def test_a_paragraph_pushed_down_is_renumbered():
    old = [point(1, APPLY), point(2, CHECK)]
    new = [point(1, HEARING), point(2, APPLY), point(3, CHECK)]

    assert told(old, new) == [
        ("art_1__point_1", ("art_1__point_2",), "renumbered"),
        ("art_1__point_2", ("art_1__point_3",), "renumbered"),
    ]


def test_numbers_of_units_named_in_a_renumbered_text_may_change():
    old = [point(1, APPLY), point(2, "Осы баптың 1-тармағы бейрезиденттерге қолданылмайды.")]
    new = [
        point(1, REFUSE),
        point(2, APPLY),
        point(3, "Осы баптың 2-тармағы бейрезиденттерге қолданылмайды."),
    ]

    assert follow(old, new)[1] == Fate(
        old="art_1__point_2", new=("art_1__point_3",), what="renumbered", likeness=0.98
    )


def test_other_words_in_the_same_place_are_a_rewording():
    reworded = CHECK.replace("екі жұмыс", "бес жұмыс").replace("толықтығын", "дұрыстығын")

    fates = follow([point(1, APPLY), point(2, CHECK)], [point(1, APPLY), point(2, reworded)])

    assert (fates[1].new, fates[1].what) == (("art_1__point_2",), "reworded")
    assert 0.3 < fates[1].likeness < 0.9


def test_a_number_changed_where_it_stands_is_a_rewording():
    old, new = "2-баптың талаптары қолданылады", "3-баптың талаптары қолданылады"

    assert told([point(1, old)], [point(1, new)]) == [
        ("art_1__point_1", ("art_1__point_1",), "reworded")
    ]


def test_a_paragraph_under_another_article_is_moved():
    old = [article(1, "Тәртіп"), point(1, APPLY), point(2, CHECK), article(2, "Бақылау")]
    old += [point(1, REFUSE, "art_2")]
    new = [article(1, "Тәртіп"), point(1, CHECK), article(2, "Бақылау")]
    new += [point(1, REFUSE, "art_2"), point(2, APPLY, "art_2")]

    assert told(old, new)[1] == ("art_1__point_1", ("art_2__point_2",), "moved")


def test_a_paragraph_of_a_new_article_around_it_is_moved():
    old = [Paragraph(eid="point_1", kind=Kind.POINT, number="1", text=APPLY)]

    assert told(old, [article(1, "Тәртіп"), point(1, APPLY)]) == [
        ("point_1", ("art_1__point_1",), "moved")
    ]


def test_two_paragraphs_made_one_are_merged():
    old = [point(1, APPLY), point(2, CHECK), point(3, HEARING)]
    new = [point(1, f"{APPLY} {CHECK}"), point(2, HEARING)]

    assert told(old, new) == [
        ("art_1__point_1", ("art_1__point_1",), "merged"),
        ("art_1__point_2", ("art_1__point_1",), "merged"),
        ("art_1__point_3", ("art_1__point_2",), "renumbered"),
    ]


def test_a_paragraph_made_two_is_split():
    old = [point(1, f"{APPLY} {CHECK}"), point(2, HEARING)]
    new = [point(1, APPLY), point(2, CHECK), point(3, HEARING)]

    assert told(old, new) == [
        ("art_1__point_1", ("art_1__point_1", "art_1__point_2"), "split"),
        ("art_1__point_2", ("art_1__point_3",), "renumbered"),
    ]


@pytest.mark.parametrize(
    "stub",
    ["алып тасталды", "Алынып тасталды.", "исключён;", "исключен.", "пункт 2 исключен"],
)
def test_what_stands_where_a_paragraph_was_taken_out_is_not_that_paragraph(stub):
    fates = told([point(1, APPLY), point(2, CHECK)], [point(1, APPLY), point(2, stub)])

    assert fates[1] == ("art_1__point_2", (), "orphan")


def test_a_twin_under_another_article_does_not_take_the_comments_of_one_taken_out():
    same = "Дауларды сот қарайды."
    old = [article(1, "Тәртіп"), point(1, APPLY), point(2, same)]
    old += [article(2, "Бақылау"), point(1, REFUSE, "art_2"), point(2, same, "art_2")]
    new = [article(1, "Тәртіп"), point(1, APPLY)]
    new += [article(2, "Бақылау"), point(1, REFUSE, "art_2"), point(2, same, "art_2")]

    fates = told(old, new)

    assert fates[2] == ("art_1__point_2", (), "orphan")
    assert fates[5] == ("art_2__point_2", ("art_2__point_2",), "same")


def test_one_of_near_identical_points_taken_out_is_an_orphan():
    names = ["атауы", "мекенжайы", "байланыс деректері", "банк деректемелері", "қызмет түрі"]
    old = [point(number, f"{name};") for number, name in enumerate(names, 1)]
    left = [name for name in names if name != "байланыс деректері"]
    new = [point(number, f"{name};") for number, name in enumerate(left, 1)]

    assert [what for _, _, what in told(old, new)] == [
        "same",
        "same",
        "orphan",
        "renumbered",
        "renumbered",
    ]


def test_a_list_of_short_points_is_moved_with_what_stands_over_it():
    names = ["атауы", "мекенжайы", "байланыс деректері", "қызмет түрі"]
    listed = [point(2, "Өтініште мыналар көрсетіледі:")]
    listed += [
        Paragraph(
            eid=f"art_1__point_2__subpoint_{n}", kind=Kind.SUBPOINT, number=str(n), text=f"{name};"
        )
        for n, name in enumerate(names, 1)
    ]
    old = [article(1, "Тәртіп"), point(1, APPLY), *listed, article(2, "Бақылау")]
    old += [point(1, REFUSE, "art_2"), point(2, CHECK, "art_2"), point(3, HEARING, "art_2")]
    moved = [
        Paragraph(
            eid=one.eid.replace("art_1__point_2", "art_2__point_4"),
            kind=one.kind,
            number=one.number,
            text=one.text,
        )
        for one in listed
    ]
    old += [article(3, "Шағым"), point(1, "Шағым сотқа беріледі.", "art_3")]
    new = [article(1, "Тәртіп"), point(1, APPLY), article(2, "Бақылау"), *old[8:11], *moved]

    found = {fate.old: fate for fate in follow(old, [*new, *old[11:]])}

    assert [found[one.eid].new for one in listed] == [(one.eid,) for one in moved]
    assert found["art_1__point_2"].what == "moved"


def test_empty_paragraphs_are_followed_by_their_place():
    old, new = [point(1, ""), point(2, APPLY)], [point(1, ""), point(2, APPLY)]

    assert [what for _, _, what in told(old, new)] == ["same", "same"]


def test_words_found_everywhere_are_no_reason_to_merge():
    old = [point(1, APPLY), point(2, "ал"), point(3, HEARING)]

    assert told(old, [point(1, APPLY), point(2, HEARING)])[1] == ("art_1__point_2", (), "orphan")


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(["kk", "ru"]),
    st.integers(min_value=0, max_value=10_000),
    st.sampled_from([0.05, 0.2, 0.5, 1.0]),
)
def test_no_paragraph_is_lost_whatever_is_edited(language, seed, share):
    draft = editing.redrafted(language, 150, random.Random(seed), share=share)

    fates = follow(draft.old, draft.new)

    assert [fate.old for fate in fates] == [paragraph.eid for paragraph in draft.old]
    known = {paragraph.eid for paragraph in draft.new}
    assert all(set(fate.new) <= known for fate in fates)
    assert all((fate.what == "orphan") == (not fate.new) for fate in fates)
    assert all((fate.what == "split") == (len(fate.new) > 1) for fate in fates)
    taken = [fate.new[0] for fate in fates if fate.what not in ("orphan", "split", "merged")]
    assert len(taken) == len(set(taken))


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_one_in_a_hundred_at_most_is_attached_wrongly(language):
    found = measured_anchors.tally(language, size=700, share=0.2, seeds=range(2))

    assert found.total > 1_400
    assert found.wrong_share <= 0.01
    assert found.orphaned_share <= 0.05
    assert found.false_share_of_removed <= 0.05
