"""Errors of harvests and of signatures in the reader's language, each with its place and value."""

import ast
import re

import pytest

from aiqyn.acts.model import Trouble
from aiqyn.acts.troubles import Unreadable
from aiqyn.catalogue import ROOT, read
from aiqyn.cli.troubles import _sentence, said
from aiqyn.errors import FetchError, InputError
from aiqyn.harvest import blame, quoted
from aiqyn.signatures import cms
from aiqyn.text import Text, missing

FILES = ("harvest/errors.yaml", "harvest/details.yaml", "signatures/errors.yaml")
WHOLE = {  # sentences whose gaps are words of ours
    "another harvest is kept here: 7": [
        *(f"another harvest is kept here: {name} 7" for name in ("address", "kind", "since")),
        "another harvest is kept here: of the whole catalogue",
    ],
    "7 7, more than 7": [
        f"7 {what}, more than 7"
        for what in ("signers", "certificates", "lists of revoked certificates")
    ],
    "it cannot be read as 7": [
        f"it cannot be read as {what}"
        for what in ("a certificate", "a list of revoked certificates")
    ],
    "it is 7": [f"it is {what}" for what in cms._OTHERS.values()],
}
SAID = ("InputError", "FetchError", "wrong")


def spoken(last):
    """A sentence as it is raised, 7 in its gaps; "" for one that comes from elsewhere."""
    if isinstance(last, ast.Constant):
        return str(last.value)
    parts = last.values if isinstance(last, ast.JoinedStr) else []
    return "".join(each.value if isinstance(each, ast.Constant) else "7" for each in parts)


def raised(package):
    """Every sentence that is raised in a package."""
    for path in sorted((ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_call = isinstance(node, ast.Call) and node.args
            if is_call and getattr(node.func, "id", getattr(node.func, "attr", "")) in SAID:
                yield spoken(node.args[-1])


@pytest.mark.parametrize("package", ["harvest", "signatures"])
def test_every_sentence_that_is_raised_is_said_in_kazakh(package):
    found = [each for each in raised(package) if " " in each and "robots.txt" not in each]
    sentences = [each for one in found for each in WHOLE.get(one, [one])]

    assert [each for each in sentences if _sentence(each, "kk") in (None, each)] == []
    assert len(sentences) > 3


@pytest.mark.parametrize("name", FILES)
def test_sentences_have_all_languages_and_no_gap_of_their_own(name):
    texts = read(ROOT / name, dict[str, Text])
    gaps = {
        (key, code): set(re.findall(r"\{(\w+)\}", text[code]))
        - set(re.findall(r"\{(\w+)\}", text["en"]))
        for key, text in texts.items()
        for code in ("kk", "ru")
    }

    assert [key for key, text in texts.items() if missing(text)] == []
    assert [where for where, found in gaps.items() if found] == []


@pytest.mark.parametrize(
    ("problem", "kk", "ru", "en"),
    [
        (
            FetchError("http://a/x?page=3", "broken", "not_json: JSON is malformed: odd (byte 17)"),
            "http://a/x?page=3: Бұл JSON емес (JSON жазылуы 17-байттан бастап бұзылған).",
            "http://a/x?page=3: Это не JSON (запись JSON нарушена начиная с байта 17).",
            "http://a/x?page=3: It is not JSON (JSON is malformed: odd (byte 17)).",
        ),
        (
            FetchError("http://a/", "broken", "no_answer: 4 records in a row: too_large"),
            (
                "http://a/: Жазба сұралғанда каталог дұрыс жауап бермеді "
                "(қатарынан 4 жазба: жауап біз оқитын көлемнен үлкен)."
            ),
            (
                "http://a/: На запрос записи каталог не дал нормального ответа "
                "(записей подряд: 4; ответ больше, чем мы читаем)."
            ),
            (
                "http://a/: When asked for the record, the catalogue gave no proper answer "
                "(4 records in a row: too_large)."
            ),
        ),
        (
            Unreadable("act.csv", Trouble(code="unknown_format", where="")),
            "act.csv: Мұндай пішімдегі файл оқылмайды",
            "act.csv: Файлы такого формата не читаются",
            "act.csv: This format is not read here",
        ),
        (
            Unreadable("act.docx", Trouble(code="too_large", where="", saw="70 MB")),
            "act.docx: Файл тым үлкен: 70 MB",
            "act.docx: Файл слишком большой: 70 MB",
            "act.docx: The file is too large: 70 MB",
        ),
        (
            InputError("f", "", "this is no receipt of a contribution (Expected `object`)"),
            "f: бұл пікірдің түбіртегі емес",
            "f: это не квитанция замечания или вопроса",
            "f: this is no receipt of a contribution (Expected `object`)",
        ),
        (
            InputError("f", "line 1", "another harvest is kept here: address http://b/"),
            "f: 1-жол: бұл қалтада басқа жинап алу сақталған, оның мекенжайы: http://b/",
            "f: строка 1: в этой папке хранится другой сбор, его адрес: http://b/",
            "f: line 1: another harvest is kept here: address http://b/",
        ),
        (
            InputError("f.ttl", "", "no catalogue that Aiqyn can read\n  no_catalogue"),
            (
                "f.ttl: бұл файл – Aiqyn оқи алатын каталог емес\n"
                "  Мұнда деректер жинақтарының тізімі жоқ."
            ),
            (
                "f.ttl: в файле нет каталога, который Aiqyn может прочесть\n"
                "  Здесь нет списка наборов данных."
            ),
            "f.ttl: no catalogue that Aiqyn can read\n  There is no list of data sets here.",
        ),
        (
            InputError("a.p7s", "byte 12", "a part with tag 0x30 was expected, not 0x31"),
            "a.p7s: 12-байт: 0x30 тегі бар бөлік болуға тиіс, бірақ оның тегі – 0x31",
            "a.p7s: байт 12: ожидалась часть с тегом 0x30, а стоит 0x31",
            "a.p7s: byte 12: a part with tag 0x30 was expected, not 0x31",
        ),
    ],
)
def test_place_and_value_stay_beside_the_sentence(problem, kk, ru, en):
    assert (said(problem, "kk"), said(problem, "ru"), said(problem, "en")) == (kk, ru, en)


def test_words_of_a_source_are_quoted_as_they_are():
    assert blame("nobody: knows", "kk") is None
    assert quoted("HTTP 403: Қол жеткізуге тыйым салынған", "ru") == (
        "HTTP 403: Қол жеткізуге тыйым салынған"
    )
