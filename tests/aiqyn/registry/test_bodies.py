from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from aiqyn.errors import CatalogueError
from aiqyn.registry.bodies import (
    BODY_COLUMNS,
    AccountRow,
    BodyRow,
    NameRow,
    read_accounts,
    read_bodies,
    read_names,
)
from aiqyn.registry.sheet import Problem
from aiqyn.registry.shipped import shipped_registry
from aiqyn.text import missing

Write = Callable[..., Path]
GOOD = {"code": "kz-a", "kind": "ministry", "name_kk": "Әділет", "name_ru": "Юстиция"}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write rows of bodies as CSV; cells left out are empty."""

    def save(*rows: dict[str, str]) -> Path:
        lines = [",".join(BODY_COLUMNS)]
        lines += [",".join(row.get(column, "") for column in BODY_COLUMNS) for row in rows]
        path = tmp_path / "bodies.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return save


def told(problems: list[Problem]) -> list[tuple[int, str, str, str]]:
    return [(p.line, p.column, p.value, p.code) for p in problems]


def test_body_is_read_with_everything_it_says(write: Write) -> None:
    path = write(
        {
            **GOOD,
            "parent": "",
            "name_en": "Justice",
            "bin": "980540000397",
            "kato": "710000000",
            "site": "https://example.kz",
            "phone": "+7 7172 000000",
            "email": "a@example.kz",
            "address_ru": "Астана",
            "valid_from": "2019-01-01",
            "valid_to": "2020-01-01",
            "is_example": "yes",
            "source": "a table",
        },
        {**GOOD, "code": "kz-b", "kind": "subordinate", "parent": "kz-a"},
    )

    rows, problems = read_bodies(path, today=date(2026, 1, 1))

    assert problems == []
    assert rows == [
        BodyRow(
            line=2,
            code="kz-a",
            kind="ministry",
            name={"kk": "Әділет", "ru": "Юстиция", "en": "Justice"},
            bin="980540000397",
            kato="710000000",
            site="https://example.kz",
            phone="+7 7172 000000",
            email="a@example.kz",
            address={"ru": "Астана"},
            valid_from=date(2019, 1, 1),
            valid_to=date(2020, 1, 1),
            is_example=True,
            source="a table",
        ),
        BodyRow(
            line=3,
            code="kz-b",
            kind="subordinate",
            parent="kz-a",
            name={"kk": "Әділет", "ru": "Юстиция"},
        ),
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"code": ""}, ("code", "", "required")),
        ({"code": "KZ"}, ("code", "KZ", "bad_code")),
        ({"kind": ""}, ("kind", "", "required")),
        ({"kind": "king"}, ("kind", "king", "bad_kind")),
        ({"kind": "subordinate"}, ("parent", "", "required")),
        ({"parent": "kz-none"}, ("parent", "kz-none", "unknown_body")),
        ({"parent": "kz-a"}, ("parent", "kz-a", "circle")),
        ({"name_kk": ""}, ("name_kk", "", "required")),
        ({"name_ru": "ю" * 301}, ("name_ru", "ю" * 59 + "…", "too_long")),
        ({"bin": "980540000390"}, ("bin", "980540000390", "bad_bin")),
        ({"kato": "1"}, ("kato", "1", "bad_kato")),
        ({"site": "gov.kz"}, ("site", "gov.kz", "bad_address")),
        ({"email": "a"}, ("email", "a", "bad_email")),
        ({"valid_from": "01.02.2020"}, ("valid_from", "01.02.2020", "bad_date")),
        ({"valid_from": "2027-01-01"}, ("valid_from", "2027-01-01", "future_date")),
        (
            {"valid_from": "2020-01-02", "valid_to": "2020-01-01"},
            ("valid_to", "2020-01-01", "ends_before"),
        ),
        ({"is_example": "maybe"}, ("is_example", "maybe", "bad_flag")),
    ],
)
def test_bad_cell_is_reported_with_its_place_and_nothing_is_loaded(
    write: Write, change: dict[str, str], expected: tuple[str, str, str]
) -> None:
    path = write({**GOOD, "code": "kz-first"}, {**GOOD, **change})

    rows, problems = read_bodies(path, today=date(2026, 1, 1))

    assert rows == []
    assert told(problems) == [(3, *expected)]


def test_every_bad_cell_is_reported_at_once(write: Write) -> None:
    path = write({**GOOD, "bin": "1", "kato": "2"}, {**GOOD, "site": "x"})

    _, problems = read_bodies(path)

    assert told(problems) == [
        (2, "bin", "1", "bad_bin"),
        (2, "kato", "2", "bad_kato"),
        (3, "site", "x", "bad_address"),
        (3, "code", "kz-a", "repeated"),
    ]


def test_problem_speaks_three_languages_and_names_the_other_line(write: Write) -> None:
    _, problems = read_bodies(write(GOOD, GOOD))

    assert problems == [
        Problem(
            line=3,
            column="code",
            value="kz-a",
            code="repeated",
            text={
                "kk": "Бұл мән 2-жолда бар",
                "ru": "Это значение уже стоит в строке 2",
                "en": "This value already stands in line 2",
            },
        )
    ]
    assert str(problems[0]) == ("line 3, column code: This value already stands in line 2: 'kz-a'")


def test_problem_of_a_whole_file_names_no_line(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("")

    _, problems = read_bodies(tmp_path / "empty.csv")

    assert [str(problem) for problem in problems] == ["file: The file has no rows"]


def test_parent_may_stand_in_the_registry_but_not_close_a_circle(write: Write) -> None:
    known = {"kz-top": "", "kz-mid": "kz-a"}

    assert read_bodies(write({**GOOD, "parent": "kz-top"}), known=known)[1] == []
    assert told(read_bodies(write({**GOOD, "parent": "kz-mid"}), known=known)[1]) == [
        (2, "parent", "kz-mid", "circle")
    ]


def test_circle_that_does_not_pass_through_the_body_is_not_its_fault(write: Write) -> None:
    known = {"kz-x": "kz-y", "kz-y": "kz-x"}

    assert read_bodies(write({**GOOD, "parent": "kz-x"}), known=known)[1] == []


def test_semicolons_a_mark_at_the_start_and_empty_rows_are_fine(write: Write) -> None:
    path = write(GOOD)
    text = path.read_text(encoding="utf-8").replace(",", ";").replace("\n", "\r\n\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())

    rows, problems = read_bodies(path)

    assert (problems, [row.code for row in rows]) == ([], ["kz-a"])


def test_line_is_counted_as_an_editor_does(write: Write) -> None:
    path = write({**GOOD, "source": '"two\nlines"'}, {**GOOD, "code": "kz-b", "kato": "1"})

    assert told(read_bodies(path)[1]) == [(4, "kato", "1", "bad_kato")]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", [(0, "", "", "empty")]),
        (",".join(BODY_COLUMNS).encode(), [(0, "", "", "empty")]),
        ("қ".encode("kz1048"), [(1, "", "0x9D", "not_utf8")]),
        (b"code\r\n" + "Әкім".encode("cp1251", "replace"), [(2, "", "0xEA", "not_utf8")]),
        (b'a,"b\n', [(1, "", "", "unreadable")]),
        (
            ",".join(["code", *BODY_COLUMNS[:-1], "colour"]).encode() + b"\n1",
            [
                (1, "code", "", "repeated_column"),
                (1, "colour", "", "unknown_column"),
                (1, "source", "", "missing_column"),
            ],
        ),
        (",".join(BODY_COLUMNS).encode() + b"\n1,2", [(2, "", "2", "wrong_width")]),
    ],
)
def test_file_that_is_not_such_a_table_is_refused(
    tmp_path: Path, content: bytes, expected: list[tuple[int, str, str, str]]
) -> None:
    path = tmp_path / "bodies.csv"
    path.write_bytes(content)

    rows, problems = read_bodies(path)

    assert (rows, told(problems)) == ([], expected)


def test_former_names_belong_to_known_bodies(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    header = "body,name_kk,name_ru,name_en,valid_from,valid_to,source\n"
    path.write_text(header + "kz-a,Ескі,Старый,,,2018-06-18,decree\n", encoding="utf-8")

    assert read_names(path, known={"kz-a"}) == (
        [
            NameRow(
                body="kz-a",
                name={"kk": "Ескі", "ru": "Старый"},
                valid_to=date(2018, 6, 18),
                source="decree",
            )
        ],
        [],
    )
    rows, problems = read_names(path, known=set())
    assert (rows, told(problems)) == ([], [(2, "body", "kz-a", "unknown_body")])


def test_account_is_listed_once_and_belongs_to_a_known_body(tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    header = "body,network,address,source\n"
    path.write_text(header + "kz-a,facebook,https://fb.example/a,\n", encoding="utf-8")

    assert read_accounts(path, known={"kz-a"}) == (
        [AccountRow(body="kz-a", network="facebook", address="https://fb.example/a")],
        [],
    )

    path.write_text(
        header + "kz-a,fb,https://fb.example/a,\n,fb,https://fb.example/a,\n", encoding="utf-8"
    )
    rows, problems = read_accounts(path, known={"kz-a"})
    assert (rows, told(problems)) == (
        [],
        [(3, "body", "", "required"), (3, "address", "https://fb.example/a", "repeated")],
    )


def test_shipped_registry_is_whole() -> None:
    registry = shipped_registry()

    regions = [row for row in registry.bodies if row.kind in {"akimat_region", "akimat_city"}]
    of_2020 = [row.code for row in regions if (row.valid_from or date.min) <= date(2020, 12, 31)]
    since_2022 = [row.code for row in regions if row.valid_from == date(2022, 6, 8)]
    assert len(of_2020) == 17
    assert since_2022 == ["kz-akm-abai", "kz-akm-zhetisu", "kz-akm-ulytau"]
    assert [row.code for row in registry.bodies if missing(row.name) or not row.source] == []
    assert [(row.body, row.name["en"], row.valid_from, row.valid_to) for row in registry.names] == [
        ("kz-akm-turkistan", "Akimat of South Kazakhstan Region", None, date(2018, 6, 18)),
        ("kz-akm-astana", "Akimat of Astana City", None, date(2019, 3, 22)),
        ("kz-akm-astana", "Akimat of Nur-Sultan City", date(2019, 3, 23), date(2022, 9, 16)),
    ]
    assert len(registry.accounts) == 4


def test_broken_shipped_file_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "bodies.csv").write_text("code\n", encoding="utf-8")

    with pytest.raises(CatalogueError, match=r"bodies\.csv: line 1, column kind: .* no such col"):
        shipped_registry(tmp_path)


@pytest.mark.parametrize("character", ["\0", "\x0b", "\x1f", "\x7f"])
def test_control_character_is_refused_with_its_line(write: Write, character: str) -> None:
    path = write(GOOD, {**GOOD, "code": "kz-b", "name_kk": f"Ә{character}і"})

    rows, problems = read_bodies(path, known={}, today=date(2026, 1, 1))

    assert rows == []
    assert told(problems) == [(3, "", f"U+{ord(character):04X}", "control_character")]


def test_wrong_encoding_is_told_by_its_place_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "bodies.csv"
    path.write_bytes(b"code;name\nkz-a;" + "Министерство".encode("cp1251"))

    _, (problem,) = read_bodies(path, known={}, today=date(2026, 1, 1))

    assert problem.text["kk"] == (
        "Файл UTF-8 кодтамасында емес (жолдағы 6-байт). "
        "Оны «CSV UTF-8» түрінде қайта сақтап, жүктеңіз"
    )
    assert str(problem) == (
        "line 2: The file is not UTF-8 (byte 6 of the line). "
        "Save it again as “CSV UTF-8” and load it: '0xCC'"
    )


def test_invented_bodies_of_the_registry_say_so_in_their_names() -> None:
    invented = [body for body in shipped_registry().bodies if body.is_example]

    assert invented
    for body in invented:
        said = {code: name.rsplit(" ", 1)[-1] for code, name in body.name.items()}
        assert said == {"kk": "(үлгі)", "ru": "(пример)", "en": "(example)"}
