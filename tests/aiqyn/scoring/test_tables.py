"""Published tables: what is read, what is refused, what does not follow in them."""

from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from aiqyn.chain import Finding, Outcome, Place
from aiqyn.errors import CatalogueError, InputError
from aiqyn.scoring.claims import AnyClaim, Claim, Line, Slip
from aiqyn.scoring.engine import score
from aiqyn.scoring.integrity import check_table, phrases
from aiqyn.scoring.methodology import methodology
from aiqyn.scoring.published import findings_from_table, open_table, table_bytes
from aiqyn.scoring.tables import FOLDER, Description, describe, read_table, table, table_names

AKIMATS = "thesis_appendix3_openness_scores_2019_2020"
STAFF = "article_table1_civil_service_staffing"
NAME = {"kk": "Атауы", "ru": "Название", "en": "Name"}
PRINTED = table_bytes(AKIMATS).decode()
LINES = PRINTED.splitlines()


def description(**changes):
    fields = {
        "title": NAME,
        "source": NAME,
        "key": "body",
        "columns": {"body": {"holds": "text", "title": NAME}, "points": {"title": NAME}},
    }
    return msgspec.convert(fields | changes, Description)


def lines(**columns):
    """Rows of figures by column; the first row is line 2."""
    rows = zip(*columns.values(), strict=True)
    return [
        Line(n, f"body {n}", "", {c: Decimal(v) for c, v in zip(columns, row, strict=True) if v})
        for n, row in enumerate(rows, start=2)
    ]


def slips(fields, figures):
    return list(msgspec.convert(fields, AnyClaim).check(figures))


def codes(notes):
    return [(note.code, note.body, note.printed, note.computed) for note in notes]


def test_table_of_akimats_is_checked_whole():
    assert codes(check_table(AKIMATS, methodology("kz-openness-2020"))) == [
        ("sum_does_not_follow", "kz-akm-shymkent", "53.66", "55.66"),
        ("over_printed_maximum", "", "20", "25"),
        ("over_printed_maximum", "", "20", "25"),
        ("maxima_do_not_add_up", "", "90", "100"),
        ("column_without_data", "", "", ""),
        ("criterion_without_column", "", "", ""),
        ("tie_numbered_apart", "", "16, 17", "16"),
        ("average_holds", "", "71.01", "71.01"),
        ("average_holds", "", "79.32", "79.32"),
        ("average_rests_on_a_wrong_total", "", "79.32", "79.44"),
        ("growth_is_not_like_for_like", "", "8.31", "5.3"),
        ("fell_like_for_like", "kz-akm-aktobe", "5.08", "-0.9"),
        ("fell_like_for_like", "kz-akm-astana", "3.2", "-3.3"),
        ("fell_like_for_like", "kz-akm-shymkent", "-2.04", "-7.4"),
    ]


def test_note_stands_at_its_figure_and_speaks_three_languages():
    note = check_table(AKIMATS)[0]

    assert (note.place, note.column, note.methodology) == (
        "line 18, column total_2020_published",
        "total_2020_published",
        "kz-openness-2020",
    )
    assert note.text == {
        "kk": "Шымкент қаласының әкімдігі: критерийлердің қосындысы 55,66, "
        "ал «Жалпы балл, 2020» бағанында 53,66 деп басылған.",
        "ru": "Акимат города Шымкент: сумма критериев равна 55,66, "
        "а в графе «Общий балл, 2020» напечатано 53,66.",
        "en": "Akimat of Shymkent city: the criteria add up to 55.66, "
        "but 53.66 is printed as “Total, 2020”.",
    }


def test_table_of_staff_is_checked_whole():
    notes = check_table(STAFF)

    assert codes(notes) == [("truncated_not_rounded", "", "93.22", "93.23")]
    assert "93,2294" in notes[0].text["kk"]


def test_every_note_of_a_claim_has_a_phrase_in_three_languages():
    assert all(set(text) == {"kk", "ru", "en"} for text in phrases().values())
    assert "sum_does_not_follow" in phrases()


def test_published_figures_come_with_digest_row_and_column():
    found = findings_from_table(AKIMATS, methodology("kz-openness-2020"))

    assert len(found) == 17
    assert found["kz-akm-kyzylorda"][0] == Finding(
        rule="stated:open_data",
        outcome=Outcome.PASSED,
        value=Decimal("19.5"),
        evidence=table(AKIMATS).sha256,
        places=(Place(where="row 2, column open_data_2020", saw="19.5"),),
    )
    rating = score("b", found["kz-akm-shymkent"], methodology("kz-openness-2020"))
    assert (rating.points, rating.grade) == (Decimal("55.66"), "low")


def test_published_figures_of_a_round_the_table_does_not_hold_are_refused():
    with pytest.raises(InputError, match="the table has no figures for kz-openness-2021"):
        findings_from_table(AKIMATS, methodology("kz-openness-2021"))
    with pytest.raises(InputError, match="the table has no figures for kz-openness-2021"):
        check_table(AKIMATS, methodology("kz-openness-2021"))


def test_empty_cell_gives_no_finding(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(PRINTED.replace("Қызылорда обл.,23.6,19.5", "Қызылорда обл.,23.6,"))

    found = findings_from_table(path, methodology("kz-openness-2020"))

    assert next(f.rule for f in found["kz-akm-kyzylorda"]) == "stated:open_budgets"


@pytest.mark.parametrize("against", [findings_from_table, check_table])
def test_figure_over_the_maximum_of_its_methodology_is_refused(tmp_path, against):
    path = tmp_path / "table.csv"
    path.write_text(PRINTED)
    loose = FOLDER.joinpath(f"{AKIMATS}.yaml").read_text(encoding="utf-8")
    (tmp_path / "table.yaml").write_text(loose.replace("at_most: 20", "at_most: 200"))
    path.write_text(PRINTED.replace("19.5", "20.01"))

    with pytest.raises(InputError) as refused:
        against(path, methodology("kz-openness-2020"))

    assert str(refused.value) == (
        f"{path}: line 2, column open_data_2020: 20.01 is over the maximum 20"
    )


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("23.6,19.5", "23.6,20.1", "line 2, column open_data_2020: 20.1 is over the maximum 20"),
        ("23.6,19.5", "23.6,-1", "line 2, column open_data_2020: -1 is below 0"),
        ("23.6,19.5", "23.6,NaN", "line 2, column open_data_2020: 'NaN' is not a number"),
        ("23.6,19.5", '23.6,"19,5"', "line 2, column open_data_2020: '19,5' is not a number"),
        (",23.6,", ",,23.6,", "line 2: 16 cells instead of 15"),
        ("Pavlodar region", "Kyzylorda region", ("line 3, column body_en: 'Kyzylorda region' "
         "stands already in line 2")),
        ("Pavlodar region", "Atlantis", "line 3, column body_en: unknown body 'Atlantis'"),
        ("Pavlodar region", " ", "line 3, column body_en: the key is empty"),
        ("open_npa_2019", "npa_2019", "line 1: column missing: open_npa_2019"),
        ("open_npa_2019", "open_npa_2020", "line 1: column missing: open_npa_2019"),
        (PRINTED, LINES[0] + "\n", "line 2: the table has no rows"),
        (PRINTED, "", "line 1: the header is missing"),
        (PRINTED, "a,b\n1,2\n", "line 1: no description fits these columns: a, b"),
        ("23.6,19.5", '23.6,"19.5', ": not CSV: unexpected end of data"),
    ],
)  # fmt: skip
def test_table_that_cannot_be_right_is_refused(tmp_path, old, new, problem):
    path = tmp_path / "table.csv"
    path.write_text(PRINTED.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(InputError) as refused:
        check_table(path)

    assert str(refused.value) == f"{path}: {problem.removeprefix(': ')}"


def test_table_in_another_encoding_is_refused_with_line_and_byte(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes(
        PRINTED.replace("Қызылорда", "К").encode().replace("Павлодар".encode(), b"\xcf")
    )

    with pytest.raises(InputError) as refused:
        open_table(path)

    assert str(refused.value) == f"{path}: line 3: not UTF-8: byte 0xcf"


def test_table_with_a_repeated_column_is_refused(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("body,points,points\nA,1,2\n")

    with pytest.raises(InputError, match="line 1, column points: the column stands twice"):
        read_table(path, description())


def test_table_without_a_described_column_is_refused(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("body\nA\n")

    with pytest.raises(InputError, match="line 1: column missing: points"):
        read_table(path, description())


def test_lines_are_counted_as_an_editor_does(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text('points,body\n1,"A\n(one)"\nx,B\n')

    with pytest.raises(InputError, match="line 4, column points: 'x' is not a number"):
        read_table(path, description())


def test_table_that_is_not_there_is_refused():
    with pytest.raises(InputError, match=r"nowhere\.csv: No such file or directory"):
        open_table("nowhere.csv")
    with pytest.raises(CatalogueError, match="nowhere: there is no such table"):
        describe("nowhere")


def test_table_may_hold_more_columns_a_signature_and_blank_lines(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("\ufeffpoints,more,body\n1.50,x,A\n\n,y,B\n", encoding="utf-8")

    found = read_table(path, description())

    assert [(row.line, row.key, row.numbers) for row in found.rows] == [
        (2, "A", {"points": Decimal("1.50")}),
        (4, "B", {}),
    ]


def test_table_is_checked_against_a_given_description(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("body,points\nA,1\nB,1\n")
    claims = [{"is": "average", "of": "points", "printed": "1.1"}]
    told = description(claims=claims)

    assert codes(check_table(path, told)) == [("average_does_not_follow", "", "1.1", "1")]
    assert codes(check_table(str(path), told)) == codes(check_table(read_table(path, told), told))
    assert check_table(read_table(path, told))[0].text["en"] == (
        "“Name”: a mean of 1.1 is printed, but the column's mean is 1."
    )


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"key": "who"}, "no such column: who"),
        ({"claims": [{"is": "sum", "of": ["a"], "gives": "points"}]}, "no such column: a"),
        ({"claims": [{"is": "magic"}]}, "Invalid value 'magic' - at `$.claims[0].is`"),
        ({"title": {"kk": "Атауы"}}, "a phrase lacks ru, en: {'kk': 'Атауы'}"),
        (
            {"rounds": [{"methodology": "m", "criteria": {"c": "x"}, "total": "y"}]},
            "no such column: x, y",
        ),
    ],
)
def test_description_that_is_wrong_is_refused(changes, problem):
    with pytest.raises(msgspec.ValidationError) as refused:
        description(**changes)

    assert str(refused.value) == problem


@pytest.mark.parametrize("name", table_names())
def test_every_table_of_ours_fits_its_description(name):
    assert table(name).rows


@pytest.mark.parametrize(
    ("fields", "figures", "expected"),
    [
        (
            {"is": "sum", "of": ["a", "b"], "gives": "c"},
            lines(a=["0.1", "1", "1"], b=["0.2", "", "1"], c=["0.3", "1", ""]),
            [],
        ),
        (
            {"is": "printed_maxima", "of": {"a": 5}, "right": {}, "whole": 5},
            lines(a=["6", "7"]),
            [
                Slip(
                    "over_printed_maximum",
                    "line 3, column a",
                    "5",
                    "7",
                    column="a",
                    figures={"rows": "2", "all": "2", "highest": "7"},
                )
            ],
        ),
        ({"is": "with_data", "of": ["a"]}, lines(a=["", "1"]), []),
        (
            {"is": "ranked", "place": "p", "by": "a"},
            lines(p=["1", "2", "4", "3"], a=["9", "8", "7", "6"]),
            [
                Slip("place_does_not_follow", "line 4, column p", "4", "3", "body 4", "p"),
                Slip("place_does_not_follow", "line 5, column p", "3", "4", "body 5", "p"),
            ],
        ),
        (
            {"is": "ranked", "place": "p", "by": "a"},
            lines(p=["1", "1", "3", ""], a=["9", "9", "7", "6"]),
            [],
        ),
        (
            {"is": "average", "of": "a", "printed": "1.5", "sums": ["b"]},
            lines(a=["1", "2"], b=["1", "2"]),
            [Slip("average_holds", "column a", "1.5", "1.5", column="a", holds=True)],
        ),
        (
            {"is": "quotient", "gives": "q", "part": "a", "whole": ["a", "b"], "times": 100},
            lines(q=["50.0", "33.2", "33.3", "1", ""], a=["1", "1", "1", "0", "1"],
                  b=["1", "2", "2", "0", "1"]),
            [
                Slip("quotient_does_not_follow", "line 3, column q", "33.2", "33.3", "body 3", "q",
                     {"exact": "33.333"}),
                Slip("division_by_zero", "line 5, column q", "1", "", "body 5", "q"),
            ],
        ),
    ],
)  # fmt: skip
def test_claim_finds_what_does_not_follow(fields, figures, expected):
    assert slips(fields, figures) == expected


def test_growth_leaves_out_a_body_without_both_years():
    pair = {"before": "a", "before_of": 10, "after": "b", "after_of": 20}
    fields = {"is": "growth", "before": "a", "after": "b", "claimed": 8, "common": [pair]}

    found = slips(fields, lines(a=["5", "5"], b=["12", ""]))

    assert [(s.code, s.computed) for s in found] == [("growth_is_not_like_for_like", "10")]


def test_growth_refuses_a_maximum_of_nothing():
    pair = {"before": "a", "before_of": 0, "after": "b", "after_of": 20}

    with pytest.raises(msgspec.ValidationError, match="a maximum must be over zero"):
        slips({"is": "growth", "before": "a", "after": "b", "claimed": 8, "common": [pair]}, [])


def test_claim_without_a_way_cannot_be_checked():
    with pytest.raises(NotImplementedError):
        Claim().columns()
    with pytest.raises(NotImplementedError):
        Claim().check([])


def test_tables_lie_beside_their_descriptions():
    names = {Path(path.name).stem for path in FOLDER.iterdir() if path.name.endswith(".yaml")}

    assert names == set(table_names())
