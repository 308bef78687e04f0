"""The index: what is put in is found, in the same order on both databases."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from aiqyn import words
from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies import actions
from aiqyn_portal.evaluation.models import Round
from aiqyn_portal.search import index, kinds, queries, rebuilding
from aiqyn_portal.search.asking import read
from aiqyn_portal.search.kinds import Draft, Kind
from aiqyn_portal.search.models import Entry, Shelf, Shown, Word
from aiqyn_portal.search.queries import Filters, find
from aiqyn_portal.search.terms import BREAK, MOST_TIMES, MOST_WORDS, terms_of
from tests import factories

ANYTHING = Filters()

pytestmark = pytest.mark.django_db


def draft(key: str, kk: str, ru: str = "", en: str = "", **more: object) -> Draft:
    title = {"kk": kk, "ru": ru, "en": en}
    return Draft("thing", key, title, "reports:home", **more)  # type: ignore[arg-type]


def keys(typed: str, filters: Filters = ANYTHING) -> list[str]:
    return [shown.entry.key for shown in find(read(typed), filters).shown]


@pytest.fixture
def library() -> None:
    """Four things in three languages."""
    index.put_many(
        [
            draft("city", "Қала бюджеті", "Бюджет города", "City budget", day=date(2024, 1, 1)),
            draft("law", "Бюджет туралы заңның орындалуы", "Исполнение закона о бюджете", "Acts"),
            draft("road", "Көлік", "Транспорт", "Roads", summary={"kk": "қаланың бюджеттері"}),
            draft("typed", "Кала туралы", day=date(2025, 1, 1), text={"": "KZ-77 2024"}),
        ]
    )


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (
            "бюджет",
            ["city", "law", "road"],
        ),  # a shorter title before a longer one, title before text
        ("бюджеттердің", ["city", "law", "road"]),
        ("бюджетом", ["city", "law", "road"]),
        ("BUDGETS", ["city"]),
        ("қаланың", ["typed", "city", "road"]),
        ("калалардын", ["typed", "city", "road"]),  # Russian letters
        ("qalalar", ["typed", "city", "road"]),  # Latin letters
        ("қала бюджет", ["city", "road"]),  # both must be there
        ("қала города", ["city"]),  # of two languages
        ('"қала бюджеті"', ["city", "road"]),
        ('"бюджеті қала"', []),
        ('"бюджет города"', ["city"]),
        ("«бюджет города»", ["city"]),
        ('"көлік транспорт"', []),  # no phrase reaches from one language into another
        ('"бюджет"', ["city", "law", "road"]),
        ("бюджет -заң", ["city", "road"]),
        ('бюджет -"қала бюджеті"', ["law"]),
        ("бюдж*", ["city", "law", "road"]),
        ("калад*", []),
        ("кал*", ["typed", "city", "road"]),
        ("бюджет туралы", ["city", "law", "road"]),  # says nothing alone
        ("туралы", ["typed", "law"]),  # but is asked where it is all there is
        ("kz-77", ["typed"]),
        ("2024", ["typed"]),
        ("жоқ", []),
    ],
)
def test_question_finds_in_order(library: None, typed: str, found: list[str]) -> None:
    assert keys(typed) == found


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "-бюджет",
        '"',
        '""',
        "''",
        "*",
        "бюджет'",
        "title:бюджет",
        "NEAR(бюджет қала)",
        "бюджет AND",
        "бюджет OR",
        "^бюджет + {",
        "бюджет:A & !",
        "бюджет | <-> (",
        "'; DROP TABLE search_words; --",
        "%' OR 1=1 --",
        "😀",
        "бюджет 😀",
        "\0бюджет\0",
        "бюджет\\",
        "_",
        "$$",
        "{{ q }}",
        "\ud83d",
        "бюджет " * 2_000,
        "ә" * 10_000,
        "﷽ 数据 ١٢٣",
    ],
)
def test_signs_people_type_are_no_signs_of_any_language(library: None, typed: str) -> None:
    assert len(keys(typed)) <= 4
    assert Entry.objects.count() == 4


def test_long_question_is_cut_and_the_rest_of_it_asked(library: None) -> None:
    assert keys("бюджет " * 2_000) == ["city", "law", "road"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(kind="thing"), ["typed", "city", "road"]),
        (Filters(kind="body"), []),
        (Filters(year=2024), ["city"]),
        (Filters(languages="en"), ["city", "road"]),
        (Filters(status="draft"), []),
        (Filters(body_id=-1), []),
    ],
)
def test_answer_is_narrowed(library: None, filters: Filters, found: list[str]) -> None:
    assert keys("қала", filters) == found


def test_what_is_deleted_elsewhere_is_counted_no_more(library: None) -> None:
    """As with a body that goes, and its entries by the database's own rules."""
    Entry.objects.filter(key="city").delete()

    found = find(read("қала"))

    assert [shown.entry.key for shown in found.shown] == ["typed", "road"]
    assert (found.total, found.facets["kind"]) == (2, {"thing": 2})


def test_page_beyond_the_last_is_empty_and_still_counted(library: None) -> None:
    found = find(read("қала"), limit=2, offset=40)

    assert (found.shown, found.total) == ([], 3)


def test_facets_count_all_that_is_found(library: None) -> None:
    found = find(read("қала"), limit=1)

    assert (found.total, len(found.shown)) == (3, 1)
    assert found.facets["kind"] == {"thing": 3}
    assert found.facets["year"] == {2024: 1, 2025: 1, 0: 1}
    assert found.facets["languages"] == {"kk": 3, "ru": 2, "en": 2}
    assert find(read("қала"), limit=1, offset=2).shown[0].entry.key == "road"
    assert find(read("қала"), offset=3).shown == []


def test_entry_is_written_anew_only_where_something_changed(library: None) -> None:
    number = Entry.objects.get(key="road").pk
    same = draft("road", "Көлік", "Транспорт", "Roads", summary={"kk": "қаланың бюджеттері"})

    assert index.put_many([same]) == 0
    assert index.put_many([draft("road", "Жол", "Дорога", "Way")]) == 1
    assert keys("көлік") == []
    assert keys("жолдар") == ["road"]
    assert Entry.objects.get(key="road").pk == number


def test_entries_are_written_anew_once_words_are_reduced_otherwise(
    library: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = draft("road", "Көлік", "Транспорт", "Roads", summary={"kk": "қаланың бюджеттері"})
    monkeypatch.setattr(words, "edition", lambda: "another")

    assert index.put_many([same]) == 1


def test_removed_thing_is_found_no_more(library: None) -> None:
    index.remove("thing", "city")
    index.remove("thing", "city")

    assert keys("бюджет") == ["law", "road"]
    assert not Shown.objects.filter(title__kk="Қала бюджеті").exists()


def test_index_goes_back_with_the_transaction(library: None) -> None:
    with transaction.atomic():
        index.remove("thing", "city")
        index.put(draft("new", "Тендер"))
        transaction.set_rollback(True)

    assert keys("тендер") == []
    assert keys("бюджет") == ["city", "law", "road"]


def test_words_of_an_entry_that_went_by_itself_are_written_over() -> None:
    """Rows may go without us, as when a test empties tables; their words stay behind."""
    index.put(draft("one", "Тендер"))
    entry = Entry.objects.get()
    number, shelf = entry.pk, entry.shelf
    Entry.objects.all().delete()
    assert keys("тендер") == []

    Entry.objects.create(pk=number, kind="thing", key="one", digest="", shelf=shelf)
    index.put(draft("one", "Жоба"))

    assert (keys("тендер"), keys("жоба")) == ([], ["one"])


def test_more_things_than_a_batch_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "BATCH", 2)

    assert index.put_many(draft(str(number), f"Жоба {number}") for number in range(5)) == 5
    assert keys("жобалар") == ["0", "1", "2", "3", "4"]


def test_of_two_drafts_of_one_thing_the_later_holds() -> None:
    assert index.put_many([draft("one", "Тендер"), draft("one", "Жоба")]) == 1
    assert (keys("тендер"), keys("жоба")) == ([], ["one"])
    assert index.put_many([]) == 0


def test_keys_alone_are_told_in_the_same_order(library: None) -> None:
    assert queries.keys(read("бюджет"), Filters(kind="thing")).keys[:2] == ("city", "law")
    assert queries.keys(read(""), Filters()) == queries.Keys()


def test_title_counts_for_its_share_of_words() -> None:
    index.put(draft("long", "Бюджет және оның барлық көрсеткіштері", day=date(2025, 1, 1)))
    index.put(draft("short", "Бюджет"))

    assert keys("бюджет") == ["short", "long"]


def test_what_explains_stands_behind_what_is_published() -> None:
    index.put(draft("rule", "Жол", is_reference=True))
    index.put(draft("text", "Көше", text={"kk": "жолдар туралы"}))
    index.put(draft("long", "Қоғамдық көлікпен жеңілдікпен жол жүру туралы"))

    assert keys("жол") == ["long", "rule", "text"]


def test_equal_titles_stand_newest_first_then_as_they_were_entered() -> None:
    for key, day in [("a", None), ("b", date(2020, 1, 1)), ("c", date(2024, 1, 1)), ("d", None)]:
        index.put(draft(key, "Бюджет", day=day))

    assert keys("бюджет") == ["c", "b", "a", "d"]


def test_long_text_is_placed_to_a_bound_and_repeated_words_leave_gaps() -> None:
    terms = terms_of(draft("x", "", text={"kk": "сайт " * 400 + "тендер " + "сөз " * 20_000}))

    assert len(terms.text) == MOST_WORDS
    assert terms.text.count(("сайт", "сайт")) == MOST_TIMES
    assert terms.text[MOST_TIMES] == (BREAK, BREAK)
    index.put(draft("x", "Ұзын", text={"kk": "сайт " * 400 + "тендер " + "сөз " * 20_000}))
    assert keys("тендер") == ["x"]


@pytest.mark.parametrize(
    "text",
    ["\ud83d", "' \\ : & | ! <-> ( ) * \"", "a'b o'zbek", "\0", "\ud83d\ude00 _ __ a_b", "é" * 500],
)
def test_any_text_is_indexed(text: str) -> None:
    index.put(draft("odd", f"Бюджет {text}", summary={"kk": text}, text={"": text}))

    assert keys("бюджет") == ["odd"]


def test_thing_is_entered_once(library: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(kind="thing", key="city", digest="", shelf=Shelf.objects.first())


def test_body_is_found_by_every_name_it_bore(administrator: User) -> None:
    name = {"kk": "Цифрлық даму министрлігі", "ru": "Министерство цифрового развития", "en": "MDD"}
    body = factories.BodyFactory(code="kz-mdd", name=name)
    newer = {"kk": "Жасанды интеллект министрлігі", "ru": "Министерство ИИ", "en": "MAI"}
    actions.rename_body(administrator, body, newer, since=date(2025, 9, 18), source="")

    assert [keys(typed) for typed in ("цифрового", "интеллекттің", "mdd", "kz-mdd")] == [
        ["kz-mdd"]
    ] * 4


def test_body_that_is_deleted_is_found_no_more() -> None:
    body = factories.BodyFactory(code="kz-gone", name={"kk": "Жойылған", "ru": "Нет", "en": "Gone"})
    assert keys("жойылған") == ["kz-gone"]

    body.delete()

    assert keys("жойылған") == []


@pytest.fixture
def own_kind() -> object:
    """A kind of its own for a test, taken away after it."""
    told: list[Draft] = [draft("a", "Тендер"), draft("b", "Жоба")]
    known = dict(kinds._KINDS)
    kinds.register(Kind("thing", "Things", lambda: told, {"draft": "Draft"}))
    yield told
    kinds._KINDS.clear()
    kinds._KINDS.update(known)


def test_rebuild_brings_the_index_up_to_date(
    own_kind: list[Draft], capsys: pytest.CaptureFixture[str]
) -> None:
    factories.BodyFactory(code="kz-a", name={"kk": "Әкімдік", "ru": "Акимат", "en": "Akimat"})
    index.put(draft("stale", "Ескірген"))
    Entry.objects.filter(kind="body").delete()

    call_command("rebuild_search")
    said = capsys.readouterr().out

    assert "body: 1 written, 0 removed\n" in said
    assert "thing: 2 written, 1 removed\n" in said
    assert keys("акимата", Filters(kind="body")) == ["kz-a"]
    assert keys("тендерлер", Filters(kind="thing")) == ["a"]
    assert not Word.objects.filter(word="ескірген").exists()
    assert not Shelf.objects.filter(entry=None).exists()
    assert dict(rebuilding.rebuild())["rule"] == (0, 0)


def test_rules_are_found_by_what_they_ask() -> None:
    index.put_many(kinds._KINDS["rule"].drafts())

    assert keys("S001") == ["S001"]
    assert find(read("сайттар"), Filters(kind="rule")).total > 5


def test_unknown_kind_and_status_say_themselves(own_kind: Callable[[], None]) -> None:
    assert kinds.title_of("thing") == "Things"
    assert kinds.title_of("nothing") == "nothing"
    assert kinds.status_said("draft") == "Draft"
    assert kinds.status_said("nothing") == "nothing"


def test_rating_is_found_once_it_is_published() -> None:
    title = {"kk": "Ашықтық рейтингі 2020", "ru": "Рейтинг открытости 2020", "en": "Openness 2020"}
    round_ = Round.objects.create(
        code="openness-2020",
        title=title,
        methodology="kz-openness-2020",
        methodology_sha256="0" * 64,
        since=date(2020, 1, 1),
        until=date(2020, 12, 31),
    )
    assert keys("рейтингтер", Filters(kind="rating")) == []

    round_.state = Round.State.FINAL
    round_.save()

    assert keys("рейтингтер", Filters(kind="rating")) == ["openness-2020"]
    assert [each.key for each in kinds._KINDS["rating"].drafts()] == ["openness-2020"]


def test_a_place_is_found_by_the_word_its_name_is_a_form_of_where_it_may_be_meant() -> None:
    index.put_many(
        [
            draft("soil", "Мұнайлы топырақ", text={"kk": "алмалы бақ"}),
            draft("place", "Бұл Мұнайлы ауданы", text={"kk": "Бюджет және Алмалы ауданы"}),
            draft("oil", "Мұнай бағасы", text={"kk": "алма"}),
        ]
    )

    assert sorted(keys("мұнай")) == ["oil", "soil"]
    assert sorted(keys("алмалар")) == ["oil", "soil"]
    assert sorted(keys("мұнайлы")) == ["place", "soil"]
    assert keys("мұнайлы ауданы") == ["place"]
    assert keys('"мұнайлы топырақ"') == ["soil"]
    assert sorted(keys("мунай")) == ["oil", "soil"]
    assert keys("бюджет -мұнай") == ["place"]
