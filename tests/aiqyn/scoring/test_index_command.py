"""index as a person calls it."""

import json
import shutil

import pytest

from aiqyn.scoring.methodology import FOLDER


def test_index_shows_what_was_published_beside_ours(aiqyn):
    assert aiqyn("index", "rti", "--country", "kz") == (
        0,
        (
            "Global Right to Information Rating (RTI)\n"
            "! For Kazakhstan the sections add up to 60, while 61 was published;"
            " the reason is not known.\n"
            "  2021  Kazakhstan · Published 61 · Place 117 / 136 · Ours 60 · Δ -1\n"
            "    The sections add up to 60, the published figure is 61.\n"
            "Source\n"
            "  Master's project of 2022: 61 points, 117th of 136 (source 76)\n"
        ),
        "",
    )
    told = aiqyn("index", "egdi", "--country", "kz")[1].splitlines()
    assert told[1] == "  2010  Kazakhstan · Place 46"
    assert "(unverified)" in told[-1]
    assert aiqyn("index", "egdi", "--country", "kz", "--format", "csv")[1].splitlines()[:2] == [
        "body,year,published,computed,difference,rank,of,source",
        "kz,2010,,,,46,,thesis",
    ]
    assert len(json.loads(aiqyn("index", "obs", "--format", "json")[1])) == 9
    told = aiqyn("index", "rti", "--lang", "ru")[1]
    assert "  rti-rating.org, разделы страниц стран https" in told


@pytest.mark.parametrize("name", ["ogp", "ogp-eligibility"])
def test_index_scores_the_answers_given(aiqyn, name):
    answers = "budget_proposal=yes audit_report=no access_law=3 assets=2 civil_liberties=5.2"

    code, out, _ = aiqyn("index", name, *answers.split(), "--format", "csv")

    assert (code, out.splitlines()[1]) == (0, "1,answers,11,16,not_eligible,,2,4,2,3")


def test_index_says_when_there_is_not_enough_data(aiqyn):
    code, out, _ = aiqyn("index", "ogp", "fiscal=4", "access=4")

    assert (code, out.splitlines()[1]) == (1, "Total: no points (not enough data)")


def test_index_takes_answers_from_a_file(aiqyn):
    given = "stated: {fiscal: 4, access: 4, assets: 2}\noutcomes: {x: [passed]}\n"

    code, out, _ = aiqyn("index", "ogp", "--file", "-", "--format", "json", given=given)

    assert (code, json.loads(out)["grade"]) == (0, "eligible")
    assert aiqyn("index", "ogp", "--file", "-", given="stated: {fiscal: x}")[0] == 2
    assert aiqyn("index", "ogp", "--file", "-", given="more: {}")[::2] == (
        2,
        "aiqyn: -: Object contains unknown field `more`\n",
    )
    twice = "stated: {fiscal: 4}\nstated: {access: 4}\n"
    assert aiqyn("index", "ogp", "--file", "-", given=twice)[::2] == (
        2,
        "aiqyn: -: line 2: the key `stated` stands already in line 1\n",
    )


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["ogp", "fiscal=5"], "answers, ogp-eligibility: stated:fiscal: 5 is over the maximum 4"),
        (
            ["ogp", "fiscal=much"],
            (
                "answers: fiscal: 'much' is not a number, yes, partly, no, unknown, inapplicable"
                " or n/m"
            ),
        ),
        (
            ["ogp-values", "x=1"],
            (
                "answers: x: no such question; there are entry_and_exit, repression,"
                " cso_entry_and_exit, cso_repression"
            ),
        ),
        (["rti", "--country", "xx"], "rti: nothing was published for 'xx'"),
        (
            ["nowhere"],
            (
                "nowhere: there is no such index; there are egdi, ogp-eligibility, ogp-values,"
                " open-budget-survey, open-data-barometer, rti"
            ),
        ),
    ],
)
def test_index_refuses_what_it_does_not_know(aiqyn, words, problem):
    assert aiqyn("index", *words) == (2, "", f"aiqyn: {problem}\n")


def test_index_reads_a_folder_of_the_users_own(aiqyn, tmp_path):
    place = tmp_path / "rti"
    shutil.copytree(str(FOLDER / "rti"), place)
    path = place / "published.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("points: 101", "points: 99"))

    code, out, _ = aiqyn("index", place, "--country", "kg")

    assert (code, "Published 99 · Ours 101 · Δ +2" in out) == (1, True)


def test_index_counts_what_is_counted(aiqyn, tmp_path):
    shutil.copytree(str(FOLDER / "kz-openness-extended"), tmp_path / "kz-openness-extended")
    words = ["H113=637/1000", "H114=4/4", "H102=partly"]

    out = aiqyn("index", tmp_path / "kz-openness-extended", *words, "--format", "csv")[1]

    assert out.splitlines()[1].split(",")[6] == "14.10"
