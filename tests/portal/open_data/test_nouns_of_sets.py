"""A row of the portal as the library's noun, and when it has to be renewed."""

from datetime import date

import pytest

from aiqyn.subjects.datafile.model import DataFile
from aiqyn.subjects.dataset import FREQUENCIES as KNOWN
from aiqyn.subjects.dataset import Contact, Dataset, Distribution, Field, Publisher
from aiqyn.text import missing
from aiqyn_portal.sections.open_data.deadlines import DAYS, MONTHS, next_due
from aiqyn_portal.sections.open_data.models import File
from aiqyn_portal.sections.open_data.models.sets import FREQUENCIES
from aiqyn_portal.sections.open_data.nouns import as_dataset, as_json
from aiqyn_portal.sections.open_data.vocabulary import categories, licences
from tests.portal.open_data.sets import CSV, published

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
ORIGIN = "https://aiqyn.example"
EU = "http://publications.europa.eu/resource/authority"


def test_published_set_is_the_noun_every_format_is_made_from(body, officer):
    row = published(body, officer)
    file = row.newest.files.get()

    noun = as_dataset(row, origin=ORIGIN)

    assert noun == Dataset(
        id=f"{ORIGIN}/data/mektepter/",
        title={"kk": "Мектептер саны", "ru": "Число школ", "en": "Number of schools"},
        description={"kk": "Қалалар бойынша", "ru": "По городам", "en": "By city"},
        keywords={"kk": ("мектеп", "білім"), "ru": ("школа",)},
        themes=("education", f"{EU}/data-theme/EDUC"),
        publisher=Publisher(id=body.code, name=dict(body.name)),
        contact=Contact(
            name={"kk": "Статистика бөлімі", "ru": "Отдел статистики", "en": "Statistics"},
            email="derek@example.kz",
            phone="+7 7252 00-00-00",
        ),
        licence=LICENCE,
        rights={"": f"{EU}/access-right/PUBLIC"},
        frequency="quarterly",
        issued="2026-11-20T06:00:00+00:00",
        modified="2026-11-20T06:00:00+00:00",
        since=date(2026, 1, 1),
        until=date(2026, 9, 30),
        places=("791010000",),
        language=("kk",),
        page=f"{ORIGIN}/data/mektepter/",
        version="1",
        version_note={"kk": "Бірінші шығарылым", "ru": "Первый выпуск", "en": "First release"},
        distributions=(
            Distribution(
                id=str(file.pk),
                title={"": "mektepter.csv"},
                download=f"{ORIGIN}/data/mektepter/v1/mektepter.csv",
                access=f"{ORIGIN}/data/mektepter/v1/",
                format="csv",
                media_type="text/csv",
                size=len(CSV),
                sha256=file.sha256,
                licence=LICENCE,
                issued="2026-11-20T06:00:00+00:00",
                modified="2026-11-20T06:00:00+00:00",
                language=("kk",),
                fields=(
                    Field(name="kato", kind="code", is_key=True),
                    Field(name="oblys", kind="text"),
                    Field(name="mektep", kind="whole"),
                ),
                status="200",
                access_status="200",
            ),
        ),
    )


def test_withdrawn_set_says_why_and_an_unknown_licence_stays_as_it_is(body, officer):
    row = published(body, officer, state="withdrawn", reason="Қате деректер", licence="own")

    noun = as_dataset(row)

    assert (noun.withdrawn, noun.licence) == ("Қате деректер", "own")


def test_set_without_a_version_has_no_distributions(body, officer):
    row = published(body, officer)
    row.newest = None

    noun = as_dataset(row)

    assert (noun.distributions, noun.version) == ((), "")


def test_what_was_read_comes_along_when_asked_for(draft):
    file = File.objects.get()
    draft.newest = file.version

    found = as_dataset(draft, with_files=True).distributions[0].file

    assert (found.name, found.sha256, found.tables[0].rows) == ("mektepter.csv", file.sha256, 2)


def test_nul_of_a_file_does_not_reach_the_database():
    noun = DataFile(name="a\0b")

    assert as_json([noun, {"k\0": 1}]) == [{"name": "a\ufffdb"}, {"k\ufffd": 1}]


@pytest.mark.parametrize(
    ("frequency", "expected"),
    [
        ("daily", date(2025, 2, 1)),
        ("weekly", date(2025, 2, 7)),
        ("monthly", date(2025, 2, 28)),
        ("quarterly", date(2025, 4, 30)),
        ("half_yearly", date(2025, 7, 31)),
        ("yearly", date(2026, 1, 31)),
        ("on_change", None),
        ("never", None),
        ("unknown", None),
    ],
)
def test_next_version_is_due_by_the_frequency(frequency, expected):
    assert next_due(frequency, date(2025, 1, 31)) == expected


def test_frequencies_are_those_of_the_library():
    assert [code for code, _ in FREQUENCIES] == list(KNOWN)
    assert {*DAYS, *MONTHS} <= set(KNOWN)


def test_words_of_categories_and_licences_are_there_in_every_language():
    texts = [each.title for each in (*categories().values(), *licences().values())]

    assert [missing(text) for text in texts] == [[]] * len(texts)
