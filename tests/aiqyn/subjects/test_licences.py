import pytest

from aiqyn.subjects.formats import format_of, formats
from aiqyn.subjects.licences import Licence, known, read_licence

OPEN = {
    "CC-BY-4.0": [
        "CC-BY-4.0",
        "CC BY 4.0",
        "cc by 4.0 international",
        "СС BY 4.0",  # typed with Cyrillic letters
        "CC-BY4.0",
        "https://creativecommons.org/licenses/by/4.0/",
        "http://www.creativecommons.org/licenses/by/4.0/deed.ru",
        "creativecommons.org/licenses/by/4.0/legalcode",
        "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0",
        "Creative Commons Attribution 4.0 International",
        "Creative Commons «С указанием авторства» 4.0 Всемирная",
        "Data are under CC BY (https://creativecommons.org/licenses/by/4.0/)",
    ],
    "CC-BY": ["cc-by", "CC BY", "Creative Commons Attribution"],
    "CC-BY-SA-3.0": ["CC BY-SA 3.0", "https://creativecommons.org/licenses/by-sa/3.0/igo/"],
    "CC0-1.0": [
        "cc0",
        "CC0-1.0",
        "cc-zero",
        "Creative Commons CCZero",
        "https://creativecommons.org/publicdomain/zero/1.0/",
    ],
    "ODbL-1.0": [
        "odc-odbl",
        "ODbL-1.0",
        "Open Database License (ODbL) v1.0",
        "http://opendatacommons.org/licenses/odbl/1-0/",
    ],
    "ODC-By-1.0": ["odc-by", "https://opendatacommons.org/licenses/by/1.0/"],
    "PDDL-1.0": ["PDDL", "odc-pddl", "http://www.opendefinition.org/licenses/odc-pddl"],
    "PD": ["other-pd", "Public Domain", "общественное достояние", "Қоғамдық игілік"],
    "OGL-UK": ["uk-ogl", "Open Government Licence v3.0"],
    "etalab-2.0": ["lov2", "Licence Ouverte / Open Licence version 2.0"],
    "DL-DE-BY-2.0": ["dl-de-by-2.0", "https://www.govdata.de/dl-de/by-2-0"],
}
CLOSED = {
    "CC-BY-NC-4.0": ["CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"],
    "CC-BY-NC": ["cc-nc", "Creative Commons Attribution-NonCommercial"],
    "CC-BY-NC-ND-3.0": ["CC BY-NC-ND 3.0"],
    "CC-BY-ND": ["Creative Commons Attribution-NoDerivs"],
    "CLOSED": [
        "other-closed",
        "© 2026. Все права защищены.",
        "Барлық құқықтар қорғалған",
        "All rights reserved",
        "Коммерциялық емес мақсатта ғана",
    ],
}
OPEN_QUESTIONS = {
    "none": ["", "  ", "–", "notspecified", "Не указана", "Көрсетілмеген", "null"],
    "unnamed": ["other-open", "Открытая лицензия", "Ашық лицензия", "Creative Commons"],
    "law": ["Закон РК «О доступе к информации» № 401-V", "Ақпаратқа қол жеткізу туралы Заң"],
    "unknown": ["Ережеге сәйкес", "MyLicence 2.0", "https://example.kz/terms", "by agreement"],
    "several": ["CC BY 4.0 or CC BY-NC 4.0"],
    "denied": ["This is not published under CC BY 4.0", "Кроме CC0"],
}


def cases(of):
    return [(code, said) for code, ways in of.items() for said in ways]


@pytest.mark.parametrize(("code", "said"), cases(OPEN))
def test_open_licence_is_recognised_however_it_is_written(code, said):
    licence = read_licence(said)

    assert (licence.code, licence.is_open, licence.note) == (code, True, "")


@pytest.mark.parametrize(("code", "said"), cases(CLOSED))
def test_licence_that_restricts_is_told_as_not_open(code, said):
    licence = read_licence(said)

    assert (licence.code, licence.is_open, licence.note) == (code, False, "")


@pytest.mark.parametrize(("note", "said"), cases(OPEN_QUESTIONS))
def test_what_is_not_said_stays_open(note, said):
    assert read_licence(said) == Licence(said=said, note=note)


def test_title_of_a_creative_commons_licence_names_its_parts():
    assert read_licence("cc-by-sa-4.0").title == "Creative Commons BY-SA-4.0"


def test_every_known_licence_is_found_by_its_own_ways_of_writing():
    wrong = [
        (code, way)
        for code, licence in known().items()
        for way in (*licence.codes, *licence.addresses, *licence.words)
        if code not in (read_licence(way).code, read_licence(way).note)
    ]

    assert wrong == []


def test_format_nobody_knows_is_neither_structured_nor_open():
    assert format_of("wk1") == formats()["unknown"]
    assert not format_of("wk1").is_open
