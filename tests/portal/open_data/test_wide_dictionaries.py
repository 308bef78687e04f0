"""The dictionary of a wide table: paged, nothing typed is lost, in three languages."""

from aiqyn_portal.sections.open_data.models import Approved, Column, File
from aiqyn_portal.trail.models import Event
from tests.portal.open_data.pressing import post, text_of
from tests.portal.open_data.sets import in_preparation, published

WORDS = ("title_kk", "title_ru", "title_en", "description_kk", "description_ru", "description_en")


def wide(body, officer, columns=120):
    file = in_preparation(published(body, officer), officer)
    Column.objects.filter(file=file).delete()
    made = [Column(file=file, number=n, name=f"c{n}", kind="text") for n in range(1, columns + 1)]
    Column.objects.bulk_create(made)
    return File.objects.get(pk=file.pk)


def test_dictionary_of_a_wide_table_is_saved_page_by_page(body, officer, officer_client):
    file = wide(body, officer)
    address = f"files/{file.pk}/columns/?page=2"
    shown = officer_client.get(f"/en/open-data/{address}").context["form"].fields

    given = {f"{n}_{name}": f"{name} {n}" for n in range(51, 101) for name in (*WORDS, "unit")}
    answer = post(officer_client, address, go="3", **given)

    assert set(shown) == set(given)
    assert answer["Location"] == f"/en/open-data/files/{file.pk}/columns/?page=3"
    column = file.dictionary.get(number=77)
    assert column.title == {code: f"title_{code} 77" for code in ("kk", "ru", "en")}
    assert column.description == {code: f"description_{code} 77" for code in ("kk", "ru", "en")}
    assert file.dictionary.exclude(unit="").count() == 50


def test_page_that_is_refused_keeps_what_was_typed(body, officer, officer_client):
    file = wide(body, officer)

    typed = {"1_title_kk": "Атауы", "2_unit": "ұ" * 61}
    answer = post(officer_client, f"files/{file.pk}/columns/", go="2", **typed)

    assert answer.status_code == 200
    assert 'value="Атауы"' in answer.content.decode()


def opened(client, address):
    """Everything a browser would send back of the form as it is shown."""
    form = client.get(f"/en/open-data/{address}").context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}
    return shown | {form[name].html_initial_name: said for name, said in shown.items()}


def test_page_carries_what_it_has_shown(body, officer, officer_client):
    file = wide(body, officer, 1)
    file.dictionary.update(unit="км")

    page = officer_client.get(f"/en/open-data/files/{file.pk}/columns/").content.decode()

    assert '<input type="hidden" name="initial-1_unit" value="км"' in page
    assert page.count('name="initial-1_') == 7


def test_two_officers_explain_columns_beside_each_other(body, officer, officer_client):
    file = wide(body, officer, 3)
    address = f"files/{file.pk}/columns/"
    first, second = opened(officer_client, address), opened(officer_client, address)

    post(officer_client, address, **second | {"2_title_kk": "Екінші", "1_unit": "км"})
    post(officer_client, address, **first | {"1_title_kk": "Бірінші"})

    assert [each.title for each in file.dictionary.all()] == [
        {"kk": "Бірінші"},
        {"kk": "Екінші"},
        {},
    ]
    assert file.dictionary.get(number=1).unit == "км"


def test_going_back_with_nothing_changed_writes_nothing(body, officer, officer_client):
    file = wide(body, officer)
    address = f"files/{file.pk}/columns/?page=2"
    old = opened(officer_client, address)
    post(officer_client, address, **opened(officer_client, address) | {"60_unit": "км"})
    written = Event.objects.filter(action="data.columns").count()

    answer = post(officer_client, address, **old, go="1")

    assert answer.status_code == 302
    assert file.dictionary.get(number=60).unit == "км"
    assert Event.objects.filter(action="data.columns").count() == written == 1


def test_same_field_of_two_officers_is_refused_and_both_texts_are_shown(
    body, officer, officer_client
):
    file = wide(body, officer, 3)
    address = f"files/{file.pk}/columns/"
    first, second = opened(officer_client, address), opened(officer_client, address)
    post(officer_client, address, **second | {"2_title_kk": "Екінші", "2_unit": "км"})

    mine = first | {"2_title_kk": "Басқаша", "2_unit": "км", "3_title_ru": "Третий"}
    refused = post(officer_client, address, **mine)

    page = text_of(refused)
    assert "Somebody else has explained the same columns" in page
    assert "Another officer has written here meanwhile: Екінші" in page
    form = refused.context["form"]
    assert list(form.errors) == ["2_title_kk", "__all__"]
    assert (form["2_title_kk"].value(), form["3_title_ru"].value()) == ("Басқаша", "Третий")
    assert file.dictionary.get(number=3).title == {}

    again = {name: form.data[name] for name in mine}
    post(officer_client, address, **again)

    rows = list(file.dictionary.all())
    assert [row.title for row in rows[1:]] == [{"kk": "Басқаша"}, {"ru": "Третий"}]
    assert rows[1].unit == "км"


def test_line_of_the_approved_list_has_a_title_in_english(body, evaluator_client):
    titles = {"title_kk": "Мектептер", "title_ru": "Школы", "title_en": "Schools"}
    post(evaluator_client, f"bodies/{body.code}/approved/", source="№ 1 бұйрық", **titles)

    assert Approved.objects.get().title == {"kk": "Мектептер", "ru": "Школы", "en": "Schools"}
