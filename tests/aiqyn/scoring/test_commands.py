"""score, check and methodologies as a person calls them; index has a file of its own."""

import json
from decimal import Decimal

import pytest

from aiqyn.chain import Recommendation
from aiqyn.cli.speaking import language_of_terminal
from aiqyn.report.ratings import rating_text
from aiqyn.scoring.engine import score
from aiqyn.scoring.methodology import methodology, methodology_ids
from aiqyn.scoring.phrases import why_text

AKIMATS = "thesis_appendix3_openness_scores_2019_2020"
YEAR = "kz-openness-2020"
POINTS = {
    "open_data": "14.96", "open_budgets": "8.6", "open_npa": "13", "open_dialogue": "2.1",
    "internet_resource": "17",
}  # fmt: skip


def stated(**points):
    return [
        {"rule": f"stated:{code}", "outcome": "passed", "value": value}
        for code, value in points.items()
    ]


def written(path, value):
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def test_score_prints_total_degree_and_criteria(aiqyn, tmp_path):
    path = written(tmp_path / "f.json", stated(**POINTS))

    assert aiqyn("score", YEAR, path, "--body", "kz-akm-shymkent") == (
        0,
        (
            "kz-akm-shymkent · Evaluation of the openness of state bodies, 2020\n"
            "Total: 55.66 / 100 · Low (threshold unverified)\n"
            "  Open data: 14.96 / 20 · published figure\n"
            "  Open budgets: 8.6 / 20 · published figure\n"
            "  Open legal acts: 13 / 20 · published figure\n"
            "  Open dialogue: 2.1 / 20 · published figure\n"
            "  Filling of the official internet resource: 17 / 20"
            " · published figure\n"
        ),
        "",
    )


def test_score_ranks_many_bodies(aiqyn):
    found = {"b": stated(**POINTS), "a": stated(**POINTS), "z": stated(**POINTS | {"open_npa": 14})}
    given = json.dumps(found)

    assert aiqyn("score", YEAR, "-", "--format", "csv", given=given)[1].splitlines() == [
        (
            "rank,body,points,max_points,grade,why,open_data,open_budgets,open_npa,open_dialogue,"
            "internet_resource"
        ),
        "1,z,56.66,100,low,,14.96,8.6,14,2.1,17",
        "2,a,55.66,100,low,,14.96,8.6,13,2.1,17",
        "2,b,55.66,100,low,,14.96,8.6,13,2.1,17",
    ]
    assert aiqyn("score", YEAR, "-", given=given)[1].splitlines()[1].split() == [
        "1", "z", "56.66", "/", "100", "·", "Low", "(threshold", "unverified)",
    ]  # fmt: skip


def test_score_without_a_total_says_why_and_ends_with_1(aiqyn):
    code, out, _ = aiqyn("score", YEAR, "-", given="[]")

    assert code == 1
    assert out.splitlines()[1] == (
        "Total: no points (the methodology is not known to state these points)"
    )


def test_score_takes_the_report_of_an_audit_and_advises(aiqyn):
    method = methodology("aiqyn-site-2025")
    found = [
        {"rule": rule, "outcome": "failed" if rule == "S005" else "passed"}
        for rule in sorted(method.rules)
    ]
    report = {"start": "http://127.0.0.1/", "findings": found, "pages": 3}

    code, out, _ = aiqyn(
        "score", method.id, "-", "--format", "json", given=json.dumps(report | {"body": "b"})
    )

    answer = json.loads(out)[0]
    assert (code, answer["rank"], answer["rating"]["body"]) == (0, 1, "b")
    assert answer["rating"]["points"] == "94.00"
    assert answer["recommendations"] == [{"rule": "S005", "indicator": "3.1", "gain": "6.00"}]
    text = aiqyn("score", method.id, "-", given=json.dumps(report))[1]
    assert text.startswith("http://127.0.0.1/ · Openness of an official site")
    assert text.endswith("What would raise the score\n  +6  S005 → 3.1\n")


def test_audit_nobody_has_judged_yet_has_no_total(aiqyn):
    method = methodology("aiqyn-site-2025")
    found = [
        {"rule": rule, "outcome": "cannot_tell" if rule.startswith("H") else "passed"}
        for rule in sorted(method.rules)
    ]

    code, out, _ = aiqyn("score", method.id, "-", "--format", "csv", given=json.dumps({"b": found}))

    assert (code, out.splitlines()[1]) == (
        1,
        ",b,,100,,open_question,18.00,18.00,18.00,18.00,18.00,",
    )


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("[", "aiqyn: -: line 1, column 2: not JSON: Expecting value\n"),
        (b"\xff[]", "aiqyn: -: not JSON: not UTF-8\n"),
        ("[" * 100_000, "aiqyn: -: not JSON: nested too deep\n"),
        ('{"b": [], "b": []}', "aiqyn: -: b: the key stands twice\n"),
        (
            '[{"rule": "A", "outcome": "passed", "value": 1E+999999999}]',
            "aiqyn: -: A: 1E+999999999 is not a number\n",
        ),
        ('[{"rule": "A"}]', "aiqyn: -: Object missing required field `outcome` - at `$[0]`\n"),
        (
            '{"b": [{"rule": "A", "outcome": "good"}]}',
            "aiqyn: -: b: Invalid enum value 'good' - at `$[0].outcome`\n",
        ),
        (
            json.dumps(stated(open_data="20.01")),
            "aiqyn: -, kz-openness-2020: stated:open_data: 20.01 is over the maximum 20\n",
        ),
        (
            json.dumps(stated(open_data="NaN")),
            "aiqyn: -: stated:open_data: NaN is not a number\n",
        ),
    ],
)
def test_score_refuses_bad_input_with_its_place(aiqyn, given, problem):
    assert aiqyn("score", YEAR, "-", given=given) == (2, "", problem)


def test_score_refuses_what_is_not_there(aiqyn, tmp_path):
    assert aiqyn("score", YEAR, "nowhere.json")[::2] == (
        2,
        "aiqyn: nowhere.json: No such file or directory\n",
    )
    assert aiqyn("score", "kz", "-", given="[]")[2].startswith(
        "aiqyn: kz: there is no such methodology; there are aiqyn-participation-2026,"
    )
    out = tmp_path / "no" / "where"
    assert aiqyn("score", YEAR, "-", "--out", out, given="[]") == (
        2,
        "",
        f"aiqyn: {out}: No such file or directory\n",
    )


def test_score_compares_bodies_by_a_relative_methodology(aiqyn, monkeypatch, method):
    title = {"kk": "Атауы", "ru": "Название", "en": "Name"}
    part = {
        "code": "i", "title": title, "points": 10, "measure": {"is": "min_max"}, "rules": ["A"],
    }  # fmt: skip
    relative = method({"code": "c", "title": title, "indicators": [part]})
    monkeypatch.setattr("aiqyn.cli.score.methodology", lambda _: relative)
    found = {
        body: [{"rule": "A", "outcome": "passed", "value": value}]
        for body, value in (("a", "1"), ("b", "2"), ("c", "5"))
    }

    assert aiqyn("score", "any", "-", "--format", "csv", given=json.dumps(found))[1] == (
        "rank,body,points,max_points,grade,why,c\n"
        "1,c,10.00,10,,,10.00\n2,b,2.50,10,,,2.50\n3,a,0.00,10,,,0.00\n"
    )


def test_check_finds_what_does_not_follow(aiqyn, tmp_path):
    path = tmp_path / "notes.csv"

    code, out, _ = aiqyn("check", AKIMATS, "--methodology", YEAR, "--lang", "en")

    assert (code, len(out.splitlines())) == (1, 14)
    assert out.splitlines()[0] == (
        "• line 18, column total_2020_published: Akimat of Shymkent city: "
        "the criteria add up to 55.66, but 53.66 is printed as “Total, 2020”."
    )
    for language, said in (
        ("kk", "• 18-жол, «total_2020_published» бағаны: "),
        ("ru", "• строка 18, столбец «total_2020_published»: "),
    ):
        assert aiqyn("check", AKIMATS, "--lang", language)[1].startswith(said)
    assert aiqyn("check", AKIMATS, "--format", "csv", "--out", path) == (1, "", "")
    assert path.read_text(encoding="utf-8").startswith(
        "code,place,body,printed,computed,holds,text\n"
        'sum_does_not_follow,"line 18, column total_2020_published",kz-akm-shymkent,53.66,55.66,no,'
    )
    assert json.loads(aiqyn("check", AKIMATS, "--format", "json")[1])[0]["printed"] == "53.66"


def test_check_of_a_sound_table_ends_with_0(aiqyn, tmp_path):
    (tmp_path / "t.csv").write_text("body,points\nA,1\n", encoding="utf-8")
    told = tmp_path / "told.yaml"
    name = "{kk: Атауы, ru: Название, en: Name}"
    told.write_text(
        f"title: {name}\nsource: {name}\nkey: body\n"
        f"columns: {{body: {{holds: text, title: {name}}}, points: {{title: {name}}}}}\n",
        encoding="utf-8",
    )

    assert aiqyn("check", tmp_path / "t.csv", "--description", told) == (
        0,
        "Nothing wrong was found\n",
        "",
    )


def test_check_refuses_a_table_it_cannot_read(aiqyn, tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b"\xff")

    assert aiqyn("check", path) == (2, "", f"aiqyn: {path}: line 1: not UTF-8: byte 0xff\n")


def test_methodologies_are_listed(aiqyn):
    listed = aiqyn("methodologies")[1].splitlines()

    assert [line.split()[0] for line in listed] == methodology_ids()
    assert aiqyn("methodologies", "--format", "csv", "--lang", "kk")[1].splitlines()[2] == (
        'aiqyn-site-2025,profile,no,"Ресми сайттың ашықтығы, 100 балл («Айқын» әдістемесі)"'
    )
    told = json.loads(aiqyn("methodologies", "--format", "json")[1])
    assert [each["id"] for each in told] == methodology_ids()


def test_methodology_is_printed_with_what_is_unknown(aiqyn):
    told = aiqyn("methodologies", "kz-openness-2021")[1].splitlines()

    assert told[3] == "2021-04-20 –"
    assert "  subordinate  Openness of subordinate organisations: unknown" in told
    assert told[-1] == "  ≥ 0 %  Inefficient (threshold unverified)"
    assert "2020-03-30 – 2021-04-20" in aiqyn("methodologies", YEAR)[1]
    assert "  ≥ 75 %  Eligible" in aiqyn("methodologies", "ogp-eligibility")[1].splitlines()
    told = aiqyn("methodologies", YEAR, "--format", "csv")[1].splitlines()
    assert told[1].startswith("open_data,,Open data,20,,,")
    told = aiqyn("methodologies", YEAR, "--format", "csv", "--lang", "kk")[1].splitlines()
    assert told[1].endswith('бес критерийдің әрқайсысына 20 балл"')
    told = aiqyn("methodologies", "ogp-eligibility", "--format", "csv", "--lang", "ru")[1]
    assert told.splitlines()[1] == "fiscal,,Прозрачность бюджета,4,,,"
    told = json.loads(aiqyn("methodologies", YEAR, "--format", "json")[1])
    assert (told["methodology"]["id"], len(told["sha256"])) == (YEAR, 64)


def test_methodologies_are_compared(aiqyn):
    code, out, _ = aiqyn("methodologies", "kz-openness-2019", "--diff", YEAR)

    assert (code, out.splitlines()[2]) == (1, "changed: criterion open_data, points: 25 → 20")
    assert aiqyn("methodologies", YEAR, "--diff", YEAR) == (0, "No difference\n", "")
    out = aiqyn("methodologies", YEAR, "--diff", "kz-openness-2021", "--format", "csv")[1]
    assert out.splitlines()[1] == "changed,in_force_from,2020-03-30,2021-04-20"
    out = aiqyn("methodologies", YEAR, "--diff", "kz-openness-2021", "--format", "json")[1]
    assert json.loads(out)[0]["place"] == "in_force_from"


def test_methodologies_need_two_to_compare(aiqyn):
    code, _, problem = aiqyn("methodologies", "--diff", YEAR)

    assert (code, "--diff needs two editions" in problem) == (2, True)


@pytest.mark.parametrize(
    ("spoken", "language"),
    [("kk_KZ.UTF-8", "kk"), ("ru", "ru"), ("de_DE", "en"), (None, "en")],
)
def test_language_is_the_terminals(monkeypatch, spoken, language):
    for name in ("AIQYN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    if spoken:
        monkeypatch.setenv("LC_ALL", spoken)

    assert language_of_terminal() == language


def test_csv_holds_no_formula(aiqyn):
    given = json.dumps({"=1+1": []})

    assert aiqyn("score", YEAR, "-", "--format", "csv", given=given)[1].splitlines()[1] == (
        ",'=1+1,,100,,unknown_points,,,,,"
    )


def test_letters_stand_in_the_text_when_a_grade_is_no_band(method, finding):
    title = {"kk": "A", "ru": "A", "en": "A"}
    part = {"title": title, "points": 10, "measure": {"is": "share"}, "rules": ["R1"]}
    criteria = [
        {"code": f"c{n}", "title": title, "indicators": [part | {"code": f"i{n}"}]} for n in (1, 2)
    ]
    letters = method(
        *criteria, grade_by="criteria", bands=[{"code": "A", "at_least": 0, "title": title}]
    )
    advice = [Recommendation(rule="R1", indicator="i1", gain=Decimal("1.50"))]

    text = rating_text(score("b", [finding("R1")], letters), advice, letters, "en")

    assert text.splitlines()[1] == "Total: 20.00 / 20 · AA"


def test_no_reason_needs_no_phrase():
    assert why_text("") == {}


def test_check_of_a_folder_is_told_in_one_line(aiqyn, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert aiqyn("check", ".") == (2, "", "aiqyn: .: Is a directory\n")


def test_figures_have_the_decimal_mark_of_the_language_and_grades_their_titles(aiqyn, tmp_path):
    path = written(tmp_path / "f.json", stated(**POINTS))

    _, scored, _ = aiqyn("score", YEAR, path, "--lang", "kk")
    _, held, _ = aiqyn("index", "ogp", "--lang", "kk")

    assert "55,66 / 100" in scored
    assert "Қосылуға құқылы" in held
    assert "eligible" not in held
