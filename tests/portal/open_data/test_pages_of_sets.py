"""What readers and officers see and press."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from aiqyn_portal.base.middleware import LARGEST_REQUEST
from aiqyn_portal.sections.open_data import actions, shelves
from aiqyn_portal.sections.open_data.models import Approved, Dataset, File, Use
from tests.portal.open_data.pressing import post, text_of
from tests.portal.open_data.sets import AT, CSV, promised, published

READER = {"headers": {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}}
SET = "/en/open-data/sets/mektepter-sany/"
FILE = f"{SET}v1/mektepter.csv/"


def uploaded(content=CSV, name="mektepter.csv"):
    return SimpleUploadedFile(name, content, content_type="text/csv")


FORM = {
    "name": "mektepter-sany",
    "category": "education",
    "licence": "cc-by-4.0",
    "frequency": "quarterly",
    "title_kk": "Мектептер саны",
    "title_ru": "Число школ",
    "description_kk": "Қалалар бойынша",
    "description_ru": "По городам",
    "keywords_kk": "мектеп, білім",
    "responsible_kk": "Статистика бөлімі",
    "email": "derek@example.kz",
    "languages": ["kk"],
}


# readers


def test_catalogue_is_searched_and_narrowed(body, officer):
    published(body, officer)
    published(body, officer, name="joldar", title={"kk": "Жолдар"}, category="transport")
    asked = {
        "q=МЕКТЕП жоқ": 0,
        "q=жолдарды": 1,
        "q=жолдар&sort=stars": 1,
        "q=школ&sort=best": 2,
        "category=education": 1,
        "format=csv": 2,
        "format=xlsx": 0,
        "stars=3": 2,
        "stars=x": 2,
        "frequency=quarterly&licence=cc-by-4.0": 2,
        f"body={body.code}&sort=used": 2,
        "sort=nonsense&page=99": 2,
        "q=%00": 2,
    }

    found = {
        query: Client().get(f"/en/open-data/?{query}").context["page"].paginator.count
        for query in asked
    }

    assert found == asked


def test_facets_count_with_the_other_choices_in_force(body, officer):
    published(body, officer)
    published(body, officer, name="joldar", title={"kk": "Жолдар"}, category="transport")

    facets = Client().get("/en/open-data/?category=transport").context["facets"]

    counted = {each.name: [(one.code, one.count) for one in each.options] for each in facets}
    assert counted["category"] == [("education", 1), ("transport", 1)] or counted["category"] == [
        ("transport", 1),
        ("education", 1),
    ]
    assert (counted["format"], counted["stars"]) == ([("csv", 1)], [("3", 1)])


def test_catalogue_asks_the_database_as_often_for_three_sets_as_for_one(
    body, officer, django_assert_num_queries
):
    published(body, officer)
    with django_assert_num_queries(6):
        Client().get("/kk/open-data/")
    for number in range(2):
        published(body, officer, name=f"set-{number}")

    with django_assert_num_queries(6):
        Client().get("/kk/open-data/")
    with django_assert_num_queries(4):  # the facets are those of before
        Client().get("/kk/open-data/")


def test_facets_are_counted_anew_once_a_set_has_changed(body, officer):
    row = published(body, officer)
    before = shelves.facets(shelves.Asked())[0].options
    row.category, row.changed_at = "health", timezone.now()
    row.save()

    after = shelves.facets(shelves.Asked())[0].options

    assert [each.code for each in (*before, *after)] == ["education", "health"]


def test_facets_name_a_body_as_it_is_called_now(public, body):
    with override("ru"):
        before = shelves.facets(shelves.Asked())[1].options
        body.name = {"kk": "Жаңа атау", "ru": "Новое имя"}
        body.save()
        after = shelves.facets(shelves.Asked())[1].options

    assert before[0].label != "Новое имя"
    assert [each.label for each in after] == ["Новое имя"]


def test_facets_do_not_depend_on_the_moment_of_a_change(body, officer):
    first, _ = (published(body, officer, name=f"set-{number}") for number in (1, 2))
    before = shelves.facets(shelves.Asked())[0].options

    actions.withdraw(first, "қате", by=officer, at=AT - timedelta(days=9))

    after = shelves.facets(shelves.Asked())[0].options
    assert [each.count for each in (*before, *after)] == [2, 1]


def test_sets_of_a_body_come_page_by_page(body, officer):
    for number in range(51):
        published(body, officer, name=f"set-{number}")

    address = f"/kk/open-data/bodies/{body.code}/"
    pages = [Client().get(f"{address}?page={number}").content.decode() for number in (1, 2)]

    assert [page.count('<article class="data-set"') for page in pages] == [50, 1]


def test_set_shows_passport_rows_and_what_the_next_star_needs(public):
    page = text_of(Client().get(SET))

    for words in ("Number of schools", "Every quarter", "Шымкент", "153", "What keeps the next"):
        assert words in page


def test_rows_are_filtered_and_sorted_by_the_address(public):
    def cities(query):
        rows = Client().get(f"{FILE}?{query}").context["rows"]
        return [row[1] for _, row in rows.lines]

    assert cities("") == ["Шымкент", "Тараз"]
    assert cities("sort=3") == ["Тараз", "Шымкент"]
    assert cities("sort=-3") == ["Шымкент", "Тараз"]
    assert cities("c=2&op=contains&v=тара") == ["Тараз"]
    assert cities("c=3&op=at_least&v=100") == ["Шымкент"]
    assert cities("c=99&op=drop&v=x&sort=77&page=-5") == ["Шымкент", "Тараз"]
    assert cities("page=2") == []


def test_rows_that_cannot_be_asked_for_leave_the_page_standing(public):
    File.objects.update(table_sha256="0" * 64)

    assert "The rows could not be shown" in text_of(Client().get(FILE))


def test_withdrawn_set_leaves_a_page_with_the_reason(public, officer):
    actions.withdraw(public, "Қате деректер", by=officer, at=AT)

    answers = [Client().get(address) for address in (SET, f"{SET}v1/", FILE)]

    assert [each.status_code for each in answers] == [410, 302, 404]
    assert "Қате деректер" in text_of(answers[0])


def test_people_are_counted_and_robots_are_not(public):
    bot = {"headers": {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}}
    for given in (READER, READER, bot, {}):
        Client().get(SET, **given)
        Client().get("/data/mektepter-sany/v1/mektepter.csv", **given)
    Client().head(SET, **READER)

    counted = Use.objects.order_by("kind").values_list("kind", "count")

    assert list(counted) == [("download", 2), ("view", 2)]


def test_person_follows_a_set_from_its_page_and_stops(public, citizen_client, citizen):
    before = citizen_client.get(SET).content.decode()
    given = {"topic": "data_set:mektepter-sany", "next": SET}

    citizen_client.post("/kk/account/notices/follow/", given)

    assert "Stop following" not in before
    assert "Stop following" in citizen_client.get(SET).content.decode()
    assert "Мектептер саны" in citizen_client.get("/kk/account/notices/settings/").content.decode()


def test_words_of_strangers_are_shown_inert(body, officer):
    nasty = "<script>alert(1)</script>\"'{{ 7*7 }}"
    published(body, officer, title={"kk": nasty}, description={"kk": nasty})

    page = Client().get("/kk/open-data/sets/mektepter/").content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;{{ 7*7 }}" in page


def test_room_of_a_body_shows_sets_and_the_approved_list(body, officer):
    row = published(body, officer)
    promised(row, officer)
    late = promised(row, officer)
    Approved.objects.filter(pk=late.pk).update(dataset=None)
    published(body, officer, name="eski", state="withdrawn", reason="Қате", withdrawn_at=AT)

    page = text_of(Client().get(f"/en/open-data/bodies/{body.code}/"))

    for words in ("Of the approved list 1 / 2", "late", "Withdrawn sets"):
        assert words in page


# officers


def test_officer_publishes_a_file_from_beginning_to_review(
    officer_client, evaluator_client, body, in_process
):
    begun = post(officer_client, f"bodies/{body.code}/new/", upload=uploaded())
    row = Dataset.objects.get()
    assert begun["Location"] == f"/en/open-data/sets/{row.name}/prepare/"
    waiting = officer_client.get(begun["Location"])
    assert b'http-equiv="refresh"' in waiting.content
    actions.read_file(File.objects.get().pk)
    prepared = officer_client.get(begun["Location"])
    assert b'http-equiv="refresh"' not in prepared.content
    assert "Still missing" in text_of(prepared)

    post(officer_client, f"sets/{row.name}/passport/", **FORM, edition=1)
    post(officer_client, "sets/mektepter-sany/submit/")

    row.refresh_from_db()
    assert (row.state, row.title["ru"], row.keywords["kk"]) == (
        "review",
        "Число школ",
        ["мектеп", "білім"],
    )
    version = row.versions.get()
    assert "Number of" not in text_of(evaluator_client.get("/en/open-data/work/"))
    assert "Мектептер саны" in text_of(evaluator_client.get("/en/open-data/work/"))
    version.dataset.refresh_from_db()
    post(evaluator_client, f"review/{version.pk}/", publish="1", seen=version.dataset.edition)
    row.refresh_from_db()
    assert row.state == "published"


def test_passport_is_prefilled_with_what_the_file_tells(officer_client, body, in_process):
    days = "өңір,күні,код КАТО\nа,2026-01-05,791010000\nб,2026-03-31,311010000\n".encode()
    post(officer_client, f"bodies/{body.code}/new/", upload=uploaded(days, "Ауа-сапасы_2026.csv"))
    actions.read_file(File.objects.get().pk)
    name = Dataset.objects.get().name

    shown = officer_client.get(f"/en/open-data/sets/{name}/passport/").context["form"].initial

    told = {key: shown[key] for key in ("title_kk", "languages", "places")}
    days = (shown["since"].isoformat(), shown["until"].isoformat())
    assert told == {
        "title_kk": "Ауа сапасы 2026",
        "languages": ["kk"],
        "places": "791010000 311010000",
    }
    assert days == ("2026-01-05", "2026-03-31")


def test_officer_who_comes_second_sees_both_texts(draft, officer_client):
    address = f"sets/{draft.name}/passport/"
    post(officer_client, address, **FORM | {"name": draft.name}, edition=1)

    again = post(officer_client, address, **FORM | {"name": draft.name, "phone": "+7"}, edition=1)

    page = text_of(again)
    assert "Somebody else has changed this passport" in page
    assert ("Telephone", "–") in again.context["others"]
    kept = post(
        officer_client,
        address,
        **FORM | {"name": draft.name, "phone": "+7"},
        edition=again.context["form"]["edition"].value(),
    )
    draft.refresh_from_db()
    assert (kept.status_code, draft.phone, draft.edition) == (302, "+7", 3)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "Choose a file or give an address"),
        ({"link": "https://a.kz/b.csv", "upload": True}, "Choose a file or give an address"),
        ({"upload": b""}, "The submitted file is empty."),
    ],
)
def test_first_step_says_what_is_wrong(officer_client, body, given, message):
    if "upload" in given:
        content = b"" if given["upload"] == b"" else CSV
        given = given | {"upload": uploaded(content)}

    answer = post(officer_client, f"bodies/{body.code}/new/", **given)

    assert message in text_of(answer)
    assert not Dataset.objects.exists()


def test_refused_upload_leaves_no_set_behind(officer_client, body, settings):
    settings.OPEN_DATA_MEGABYTES = 1

    answer = post(officer_client, f"bodies/{body.code}/new/", upload=uploaded(b"x" * 1_048_577))

    assert "The file is too large. The largest size in megabytes: 1" in text_of(answer)
    assert not Dataset.objects.exists()


def test_request_over_the_limit_is_refused_unread(officer_client, body, settings):
    settings.OPEN_DATA_MEGABYTES = 1
    address = f"/en/open-data/bodies/{body.code}/new/"
    size = LARGEST_REQUEST + 2 * 1_048_576

    refused = officer_client.post(address, CONTENT_LENGTH=str(size))
    stranger = Client().post(address, CONTENT_LENGTH=str(LARGEST_REQUEST + 1))
    elsewhere = officer_client.post("/en/nowhere/", CONTENT_LENGTH=str(LARGEST_REQUEST + 1))
    settings.OPEN_DATA_MEGABYTES = 3
    taken = officer_client.get(address, CONTENT_LENGTH=str(size))

    found = [each.status_code for each in (refused, stranger, elsewhere, taken)]
    assert found == [413, 413, 413, 200]


def test_officer_explains_columns_takes_files_out_and_adds_others(draft, officer_client):
    file = File.objects.get()
    post(officer_client, f"files/{file.pk}/columns/", **{"1_title_kk": "Код", "3_unit": "дана"})
    said = file.dictionary.values_list("title", "unit")
    assert list(said) == [({"kk": "Код"}, ""), ({}, ""), ({}, "дана")]

    post(officer_client, f"files/{file.pk}/remove/")
    post(officer_client, f"sets/{draft.name}/add/", upload=uploaded(name="ekinshi.csv"))
    wrong = post(officer_client, f"sets/{draft.name}/add/")

    assert [each.name for each in File.objects.all()] == ["ekinshi.csv"]
    assert "Choose a file or give an address" in text_of(wrong)


def test_officer_begins_a_new_version_and_says_what_is_new(public, officer_client):
    began = post(officer_client, "sets/mektepter-sany/new-version/")
    post(officer_client, "sets/mektepter-sany/note/", kk="Жаңа тоқсан")
    again = post(officer_client, "sets/mektepter-sany/new-version/")

    version = public.versions.first()
    assert (version.number, version.note) == (2, {"kk": "Жаңа тоқсан"})
    assert began["Location"] == again["Location"] == f"{SET}prepare/"


def test_officer_withdraws_with_a_reason(public, officer_client):
    empty = post(officer_client, "sets/mektepter-sany/withdraw/", reason="")
    post(officer_client, "sets/mektepter-sany/withdraw/", reason="Қате деректер")

    public.refresh_from_db()
    assert (empty.status_code, public.state) == (200, "withdrawn")


def test_draft_is_hidden_from_everybody_else(draft, clients, body):
    file = File.objects.get()
    addresses = (
        f"/en/open-data/sets/{draft.name}/",
        f"/data/{draft.name}/",
        f"/data/{draft.name}/v1/mektepter.csv",
    )

    found = [clients["citizen"].get(address).status_code for address in addresses]

    assert found == [404, 404, 404]
    draft_page = f"/en/open-data/files/{file.pk}/"
    answers = {role: client.get(draft_page).status_code for role, client in clients.items()}
    assert answers == {
        "anonymous": 302,
        "citizen": 403,
        "officer": 200,
        "evaluator": 200,
        "administrator": 200,
    }
