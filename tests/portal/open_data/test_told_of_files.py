"""What a file tells of itself, in the passport's form and in the dictionary of its columns."""

import pytest

from aiqyn_portal.sections.open_data import actions, prefill
from tests.portal.open_data.sets import AT

pytestmark = pytest.mark.django_db


def read(body, officer, name, text):
    row = actions.start_set(body, name, by=officer, at=AT)
    file = actions.add_upload(row.versions.get(), name, text.encode(), by=officer, at=AT)
    actions.read_file(file.pk)
    return file


@pytest.mark.parametrize(
    ("name", "text", "title", "language"),
    [
        ("mektep.csv", "a,b\nҚала,1\nАуыл,2\nАуыл,3\n", "title_en", "kk"),
        ("schools.csv", "a,b\nГород,1\nСело,2\nСело,3\n", "title_en", "ru"),
        ("мектеп.csv", "a,b\nҚала,1\nАуыл,2\nАуыл,3\n", "title_ru", "ru"),
        ("schools.csv", "name,pupils\nOne,1\nTwo,2\n", "title_en", "en"),
    ],
)
def test_language_is_that_of_columns_of_the_name_or_of_values(
    body, officer, in_process, name, text, title, language
):
    file = read(body, officer, name, text)

    told = prefill.guesses(file.version)

    assert title in told
    assert told["languages"] == [language]


def test_unit_is_said_once_and_a_day_has_one_full_stop(client, public):
    public.newest.files.get().dictionary.filter(name="mektep").update(unit="бала")
    public.newest.files.get().dictionary.filter(name="oblys").update(
        unit="бала", title={"ru": "Дети, Бала"}
    )
    public.changed_at = public.changed_at.replace(minute=59)
    public.save()

    text = client.get(f"/ru/open-data/sets/{public.name}/").content.decode()

    assert text.count('<span class="app-note">бала</span>') == 1
    assert "г. http" in text
    assert "г.." not in text


@pytest.mark.parametrize(
    ("language", "ends"), [("ru", "3,5 – 1\u202f250,25"), ("en", "3.5 – 1,250.25")]
)
def test_decimal_ends_of_a_column_are_written_as_the_reader_writes_them(
    body, officer_client, officer, in_process, language, ends
):
    file = read(body, officer, "a.csv", "year,mean\n2015,3.5\n2026,1250.25\n")

    text = officer_client.get(f"/{language}/open-data/files/{file.pk}/").content.decode()

    assert ends in text
    assert "2015 – 2026" in text
