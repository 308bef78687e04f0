"""Files whose rows say where they lie are drawn on the map, with the same in a table."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from aiqyn_portal.sections.open_data import actions, mapping
from aiqyn_portal.sections.open_data.models import File
from tests.portal.open_data.sets import AT, CSV

pytestmark = pytest.mark.django_db
SCHOOLS = "аты;ендік;бойлық\nА;43,25;76,93\nБ;43,24;76,91\nВ;51.13;71.43\nГ;10;10\nД;;\n".encode()


@pytest.fixture(autouse=True)
def _in_kazakh():
    with override("kk"):
        yield


@pytest.fixture
def file(body, officer, in_process):
    """A file of these bytes, read."""

    def made(content: bytes) -> File:
        row = actions.start_set(body, "a.csv", by=officer, at=AT)
        one = actions.add_upload(row.versions.get(), "a.csv", content, by=officer, at=AT)
        actions.read_file(one.pk)
        return File.objects.get(pk=one.pk)

    return made


def test_places_known_stand_on_their_spots():
    for code, (lon, lat) in mapping._KNOWN.items():
        [spot] = [
            (city.x, city.y)
            for city in mapping._sheet({}, "", "").cities
            if city.place.code == code
        ]
        assert mapping.on_sheet(lon, lat) == pytest.approx(spot, abs=1.5)


def test_rows_with_coordinates_are_dots_and_lines(file, client, officer):
    one = file(SCHOOLS)

    found = mapping.drawn(one, one.dictionary.all())
    client.force_login(officer)
    page = client.get(reverse("open_data:draft_file", args=[one.pk])).content.decode()

    assert found.lines == [["43,2", "77", "2"], ["51,2", "71,4", "1"]]
    shown = [dot.radius * found.sheet.width / found.window.width for dot in found.dots]
    assert shown == pytest.approx([16.0, 13.36], abs=0.05)
    assert "басқа жерде: 1" in found.note
    assert page.count('class="data-dot"') == 2


def test_rows_of_one_district_are_seen_near(file, client, officer):
    one = file("ауыл;lat;lon\nА;48,50;67,10\nӘ;48,51;67,30\nБ;48,70;67,20\n".encode())

    found = mapping.drawn(one, one.dictionary.all())
    client.force_login(officer)
    page = client.get(reverse("open_data:draft_file", args=[one.pk])).content.decode()

    seen = found.window
    assert seen.width == mapping.NARROWEST
    assert all(seen.x < dot.x < seen.x + seen.width for dot in found.dots)
    assert all(seen.y < dot.y < seen.y + seen.height for dot in found.dots)
    assert len({(dot.x, dot.y) for dot in found.dots}) == 3  # no two of them one place
    assert {"48,5°", "67°", "67,5°", "68°"} <= {line.label for line in found.degrees}
    for line in found.degrees:
        assert seen.x <= line.x <= seen.x + seen.width
        assert seen.y <= line.y <= seen.y + seen.height
    assert f'viewBox="{seen.x} {seen.y} {seen.width} {seen.height}"' in page
    assert "data-map__where" in page


def test_rows_beyond_the_sheet_lie_elsewhere(file):
    one = file("қала;lat;lon\nНовосибирск;55.03;82.93\nПавлодар;52.28;76.97\n".encode())
    far = file("қала;lat;lon\nНовосибирск;55.03;82.93\nА;55.04;82.9\n".encode())

    found = mapping.drawn(one, one.dictionary.all())

    assert len(found.dots) == 1
    assert "Картадағы жолдар: 1; басқа жерде: 1" in found.note
    assert mapping.drawn(far, far.dictionary.all()) is None


def test_a_place_at_the_border_has_its_degrees(file):
    one = file("ауыл;lat;lon\nА;49,42;46,85\nӘ;49,40;46,84\n".encode())

    found = mapping.drawn(one, one.dictionary.all())

    labels = {line.label for line in found.degrees}
    assert found.window.x == 0
    assert len({each for each in labels if each.startswith("4")}) >= 5
    assert {"47°", "49,5°"} <= labels


def test_what_is_seen_stays_on_the_sheet():
    sheet = mapping._sheet({}, "", "")

    corner = mapping.seen_of(sheet, [(-5.0, -5.0)])
    other = mapping.seen_of(sheet, [(sheet.width + 9.0, sheet.height + 9.0)])

    assert (corner.x, corner.y) == (0, 0)
    assert other.x + other.width == pytest.approx(sheet.width, abs=0.1)
    assert other.y + other.height == pytest.approx(sheet.height, abs=0.1)
    assert mapping.seen_of(sheet, [(0.0, 0.0), (sheet.width, sheet.height)]) is None


def test_rows_with_codes_shade_regions(file):
    one = file(CSV + "101010000;Семей;5\nжоқ;?;1\n".encode())

    found = mapping.drawn(one, one.dictionary.all())

    steps = {each.place.code: each.place.step for each in found.sheet.regions}
    assert found.lines == [["Абай облысы", "1"], ["Жамбыл облысы", "1"], ["Шымкент қаласы", "1"]]
    assert (steps["kz-akm-zhambyl"], steps["kz-akm-akmola"]) == (5, 0)
    assert "Абай облысы" in found.note


def test_a_table_without_places_has_no_map(file):
    one = file("аты;саны\nА;1\nБ;2\n".encode())

    assert mapping.drawn(one, one.dictionary.all()) is None


def test_coordinates_of_elsewhere_and_codes_of_nowhere_have_no_map(file):
    one = file(b"lat;lon\n10;10\n11;12\n")

    assert mapping.drawn(one, one.dictionary.all()) is None
    assert mapping._of_regions(mapping.Regions(rows={"99": 2}, without=0)) is None


def test_a_lost_table_has_no_map(file):
    one = file(SCHOOLS)
    one.table_sha256 = "0" * 64

    assert mapping.drawn(one, one.dictionary.all()) is None
