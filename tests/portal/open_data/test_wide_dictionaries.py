"""The dictionary of a wide table: paged, nothing typed is lost, in three languages."""

from aiqyn_portal.sections.open_data.models import Approved, Column, File
from tests.portal.open_data.pressing import post
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


def test_line_of_the_approved_list_has_a_title_in_english(body, evaluator_client):
    titles = {"title_kk": "Мектептер", "title_ru": "Школы", "title_en": "Schools"}
    post(evaluator_client, f"bodies/{body.code}/approved/", source="№ 1 бұйрық", **titles)

    assert Approved.objects.get().title == {"kk": "Мектептер", "ru": "Школы", "en": "Schools"}
