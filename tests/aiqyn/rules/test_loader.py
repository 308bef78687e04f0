import pytest

from aiqyn import rules
from aiqyn.errors import CatalogueError

PHRASE = "{kk: a, ru: a, en: a}"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for kind in rules.KINDS:
        (tmp_path / "rules" / kind).mkdir(parents=True)
    for shared in (rules.families, rules.table_notes, rules.wall_notes, rules.rendered_notes):
        shared()  # from the real folder
    monkeypatch.setattr(rules, "ROOT", tmp_path)
    rules.load.cache_clear()
    yield tmp_path / "rules"
    rules.load.cache_clear()


def write(path, code, more=""):
    path.write_text(
        f"code: {code}\nfamily: health\ntitle: {PHRASE}\nwhy: {PHRASE}\nfix: {PHRASE}\n{more}"
    )


def test_code_used_twice_is_refused(folder):
    write(folder / "person" / "one.yaml", "H001")
    write(folder / "site" / "two.yaml", "H001")

    with pytest.raises(CatalogueError, match=r"H001 is already used by (one|two)"):
        rules.load()


def test_unknown_key_is_refused_with_the_file(folder):
    write(folder / "person" / "one.yaml", "H001", "reason: x\n")

    with pytest.raises(CatalogueError, match=r"one\.yaml: Object contains unknown field `reason`"):
        rules.load()["H001"].text  # noqa: B018  # read when it is asked for


def test_unknown_family_is_refused_with_the_file(folder):
    write(folder / "person" / "one.yaml", "H001")
    path = folder / "person" / "one.yaml"
    path.write_text(path.read_text().replace("health", "magic"))

    with pytest.raises(CatalogueError, match=r"one\.yaml: no family magic in families\.yaml"):
        rules.load()["H001"].text  # noqa: B018


def test_remedy_of_a_note_that_is_not_there_is_refused(folder):
    write(folder / "site" / "one.yaml", "S901", f"fixes: {{lost: {PHRASE}}}\n")

    with pytest.raises(CatalogueError, match=r"one\.yaml: a remedy of lost, which is none of its"):
        rules.load()["S901"].text  # noqa: B018


def test_rule_about_a_kind_of_trouble_nobody_knows_is_refused(folder):
    write(folder / "table" / "one.yaml", "T901", "breaks: {kinds: [magic]}\n")

    with pytest.raises(CatalogueError, match=r"one\.yaml: no kind of trouble magic in kinds"):
        rules.load()["T901"].text  # noqa: B018


def test_kinds_of_trouble_break_rules_about_files_alone(folder):
    write(folder / "site" / "one.yaml", "S901", "breaks: {kinds: [empty]}\n")

    with pytest.raises(CatalogueError, match=r"one\.yaml: kinds of trouble break rules about fil"):
        rules.load()["S901"].text  # noqa: B018


def test_code_may_stand_anywhere_in_the_file(folder):
    write(folder / "person" / "one.yaml", "H001")
    path = folder / "person" / "one.yaml"
    path.write_text("# remark\n" + path.read_text())

    assert rules.load()["H001"].text.code == "H001"


def test_every_text_of_the_catalogue_can_be_read():
    assert {rule.text.code for rule in rules.load().values()} == rules.load().keys()


def test_rule_without_code_beside_it_is_a_question(folder):
    write(folder / "person" / "one.yaml", "H001")

    rule = rules.load()["H001"]

    assert (rule.name, rule.kind, rule.check, rule.accepts()) == ("one", "person", None, {})


def test_rule_tells_the_parameters_it_accepts():
    assert rules.load()["S004"].accepts().keys() == {"sections", "clicks", "every"}


@pytest.mark.parametrize(
    ("name", "named"),
    [("missing", ("missing", "en")), ({"kk": "жоқ", "ru": "нет", "en": "missing"}, ("жоқ", "kk"))],
)
def test_a_case_is_named_in_the_language_asked_for_or_in_english(name, named):
    assert rules.Case(name=name, expect="failed").named("kk") == named
    assert rules.load()["P005"].accepts() == {"max_bytes": 500_000}


def test_whether_a_rule_needs_pages_is_told_without_reading_its_text():
    told = {code: rule.needs_pages for code, rule in rules.load().items()}

    assert told == {code: rule.text.needs_pages for code, rule in rules.load().items()}
    assert set(told.values()) == {True, False}
