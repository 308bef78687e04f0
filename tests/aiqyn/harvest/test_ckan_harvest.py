"""CKAN: pages, envelopes, gaps and the ways installations differ."""

import pytest

from aiqyn.errors import FetchError, InputError
from aiqyn.fetch.store import Store
from aiqyn.harvest import Before, Refused, before_of, harvest, known_of
from aiqyn.harvest.ckan import Ckan
from aiqyn.harvest.model import Order
from aiqyn.harvest.run import Harvest
from aiqyn.subjects.dataset import Dataset
from tests.aiqyn.harvest.catalogues import CkanServer, loopback, package, served


def gathered(source, tmp_path, *, rows=10, folder="a", limits=None, **order):
    with served(source) as url:
        run = Harvest(
            Ckan(url + source.home, rows=rows),
            Order(
                address=url,
                folder=str(tmp_path / folder),
                limits=limits or loopback(),
                **order,
            ),
        )
        return list(run), run.summary


def numbers(found):
    return sorted(int(each.id[-12:]) for each in found if isinstance(each, Dataset))


def figures(summary, *names):
    return {name: getattr(summary, name) for name in names}


def test_every_set_is_read_page_by_page(tmp_path):
    source = CkanServer(25)

    found, summary = gathered(source, tmp_path)

    assert numbers(found) == list(range(1, 26))
    assert figures(summary, "pages", "given", "said", "missing", "problems") == {
        "pages": 3,
        "given": 25,
        "said": 25,
        "missing": 0,
        "problems": (),
    }


def test_source_that_gives_fewer_rows_than_asked_loses_nothing(tmp_path):
    source = CkanServer(25)
    source.rows_max = 4

    found, summary = gathered(source, tmp_path)

    assert (numbers(found), summary.pages) == (list(range(1, 26)), 7)


def test_source_that_repeats_its_last_page_is_left(tmp_path):
    source = CkanServer(25)
    source.repeats, source.says = True, 1_000_000

    found, summary = gathered(source, tmp_path)

    assert numbers(found) == list(range(1, 26))
    assert summary.problems == ("repeats",)
    assert len(source.asked) < 10


def test_total_that_is_too_high_is_told_with_what_is_missing(tmp_path):
    source = CkanServer(25)
    source.says = 30

    found, summary = gathered(source, tmp_path)

    assert len(found) == 25
    assert (summary.said, summary.missing) == (30, 5)


def test_sets_that_search_does_not_find_are_asked_by_name(tmp_path):
    source = CkanServer(25)
    source.hidden, source.says = {"set-7", "set-13"}, 25

    found, summary = gathered(source, tmp_path)

    assert numbers(found) == list(range(1, 26))
    assert figures(summary, "given", "missing", "problems") == {
        "given": 25,
        "missing": 0,
        "problems": ("list_differs",),
    }


def test_list_of_names_of_a_source_that_ignores_the_limit_is_read_once(tmp_path, monkeypatch):
    monkeypatch.setattr("aiqyn.harvest.ckan.NAMES", 25)
    source = CkanServer(25)
    source.has_search, source.ignores_limit = False, True

    found, summary = gathered(source, tmp_path)

    assert numbers(found) == list(range(1, 26))
    assert summary.problems == ("repeats", "total_unknown")


def test_source_without_search_is_read_by_names(tmp_path, monkeypatch):
    monkeypatch.setattr("aiqyn.harvest.ckan.NAMES", 10)
    source = CkanServer(25)
    source.has_search = False
    source.refuses_show = {"set-3"}

    found, summary = gathered(source, tmp_path)

    assert len(numbers(found)) == 24
    refused = next(each for each in found if isinstance(each, Refused))
    assert (refused.id, refused.place, refused.problem) == ("set-3", "page 2, record 9", "said_no")
    assert refused.detail.startswith('HTTP 404: {"success": false, "error": {"__type": "Not Found')
    assert summary.problems == ("total_unknown",)


@pytest.mark.parametrize("poison", [{"set-1"}, {"set-14"}, {"set-13", "set-14", "set-25"}])
def test_record_that_breaks_its_page_is_refused_alone(tmp_path, poison):
    source = CkanServer(25)
    source.poison = poison

    found, summary = gathered(source, tmp_path)

    lost = {int(name[4:]) for name in poison}
    assert numbers(found) == sorted(set(range(1, 26)) - lost)
    assert (summary.given, summary.refused, summary.missing) == (25 - len(lost), len(lost), 0)


def test_server_that_is_down_is_not_taken_for_bad_records(tmp_path):
    source = CkanServer(25)
    source.poison = {f"set-{number}" for number in range(1, 26)}

    with pytest.raises(FetchError, match="no_answer: HTTP 500"):
        gathered(source, tmp_path)


def test_set_changed_under_way_is_met_again_and_given_once(tmp_path):
    source = CkanServer(25)

    def change(start):
        if start == 10:
            source.packages[0]["metadata_modified"] = "2026-01-01T00:00:00"

    source.on_page = change
    found, summary = gathered(source, tmp_path)

    assert numbers(found) == list(range(1, 26))
    assert summary.missing == 0


def test_total_that_changes_under_way_is_told(tmp_path):
    source = CkanServer(25)

    def grow(start):
        if start == 20:
            source.packages.append(package(26, metadata_modified="2026-05-05T00:00:00"))

    source.on_page = grow
    found, summary = gathered(source, tmp_path)

    assert len(numbers(found)) == 26
    assert figures(summary, "said_first", "said", "problems") == {
        "said_first": 25,
        "said": 26,
        "problems": ("total_changed",),
    }


def test_only_what_changed_is_asked_for_and_what_is_gone_is_seen(tmp_path):
    source = CkanServer(25)
    first, _ = gathered(source, tmp_path)
    known = known_of(str(tmp_path / "a"))
    source.packages = [each for each in source.packages if each["name"] not in ("set-2", "set-9")]
    source.packages[0]["metadata_modified"] = "2026-03-01T00:00:00"
    source.packages.append(package(40, metadata_modified="2026-03-02T00:00:00"))

    found, summary = gathered(source, tmp_path, folder="b", since="2026-02-01", known=known)

    assert (len(first), numbers(found)) == (25, [1, 40])
    assert [id_[-2:] for id_ in summary.gone] == ["02", "09"]
    assert summary.problems == ()


def test_what_is_gone_is_seen_in_a_whole_harvest_too(tmp_path):
    source = CkanServer(5)

    _, summary = gathered(source, tmp_path, known={"old": "set-old", package(1)["id"]: "set-1"})

    assert summary.gone == ("old",)


def test_nothing_is_called_gone_while_something_is_missing(tmp_path):
    source = CkanServer(5)
    source.says = 6

    _, summary = gathered(source, tmp_path, known={"old": "set-old"})

    assert (summary.missing, summary.gone) == (1, ())


def test_nothing_is_called_gone_while_a_nameless_record_may_be_it(tmp_path):
    source = CkanServer(5)
    source.packages[1]["id"] = source.packages[1]["name"] = ""

    _, summary = gathered(source, tmp_path, known={package(2)["id"]: "set-2"})

    assert (summary.refused, summary.gone) == (1, ())
    assert "gone_unknown" in summary.problems


def test_refused_record_with_an_id_keeps_nothing_from_being_gone(tmp_path):
    source = CkanServer(5)
    source.packages[1]["resources"] = "none"

    _, summary = gathered(source, tmp_path, known={"old": "", package(2)["id"]: ""})

    assert (summary.refused, summary.gone) == (1, ("old",))


@pytest.mark.parametrize(("name", "gone"), [("set-2", ("old",)), ("", ())])
def test_refused_name_of_a_list_may_be_any_set_unless_it_is_known(tmp_path, name, gone):
    source = CkanServer(5)
    source.says = 5
    source.hidden = source.refuses_show = {"set-2"}

    _, summary = gathered(source, tmp_path, known={"old": "", package(2)["id"]: name})

    assert (summary.refused, summary.gone) == (1, gone)


def test_name_refused_every_time_keeps_nothing_from_being_gone(tmp_path):
    source = CkanServer(5)
    source.says = 5
    source.hidden = source.refuses_show = {"set-2"}
    gathered(source, tmp_path)
    last = str(tmp_path / "a")
    source.packages = [each for each in source.packages if each["name"] != "set-4"]
    source.says = 4

    _, summary = gathered(
        source, tmp_path, folder="b", known=known_of(last), before=before_of(last)
    )

    assert summary.gone == (package(4)["id"],)
    assert summary.problems == ()


@pytest.mark.parametrize(
    "before",
    [
        Before(),
        Before(refused=frozenset({"another"})),
        Before(refused=frozenset({"set-2"}), unseen=frozenset({"old"})),
    ],
)
def test_name_refused_for_the_first_time_may_be_what_is_missed(tmp_path, before):
    source = CkanServer(5)
    source.says = 5
    source.hidden = source.refuses_show = {"set-2"}

    _, summary = gathered(source, tmp_path, known={"old": ""}, before=before)

    assert summary.gone == ()
    assert "gone_unknown" in summary.problems


def test_only_what_was_seen_beside_a_refused_name_is_gone(tmp_path):
    source = CkanServer(5)
    source.says = 5
    source.hidden = source.refuses_show = {"set-2"}
    before = Before(refused=frozenset({"set-2"}), unseen=frozenset({"older"}))

    _, summary = gathered(source, tmp_path, known={"old": "", "older": ""}, before=before)

    assert summary.gone == ("old",)
    assert "gone_unknown" in summary.problems


def test_increment_without_earlier_ids_asks_for_no_names(tmp_path):
    source = CkanServer(5)

    found, summary = gathered(source, tmp_path, since="2030-01-01T00:00:00")

    assert (found, summary.said, summary.gone) == ([], 0, ())
    assert not any("package_list" in each for each in source.asked)


def test_records_of_other_kinds_stand_aside_and_bad_ones_are_refused(tmp_path):
    source = CkanServer(3)
    source.packages += [
        package(4, type="harvest"),
        package(5, state="deleted"),
        package(6, resources="none"),
        package(7, resources=["none"]),
        package(8, id=None, name=None),
    ]
    source.packages[-1]["id"] = ""

    found, summary = gathered(source, tmp_path, rows=100)

    refused = {(each.place, each.problem, each.detail) for each in found if type(each) is Refused}
    assert numbers(found) == [1, 2, 3]
    assert refused == {
        ("page 1, record 8", "no_identifier", ""),
        ("page 1, record 6: resources", "wrong_field", "str"),
        ("page 1, record 7: resource 1", "wrong_field", "str"),
    }
    assert figures(summary, "given", "refused", "aside", "missing") == {
        "given": 3,
        "refused": 3,
        "aside": 2,
        "missing": 0,
    }


def test_pages_beyond_the_limit_are_not_asked_for(tmp_path):
    found, summary = gathered(CkanServer(50), tmp_path, limits=loopback(max_pages=2))

    assert (len(found), summary.problems) == (20, ("too_many_pages",))


def test_finished_harvest_gives_nothing_and_tells_the_same(tmp_path):
    source = CkanServer(5)
    with served(source) as url:
        run = harvest(url, str(tmp_path), limits=loopback(), kind="ckan")
        assert len(list(run)) == 5
        asked = list(source.asked)

        again = harvest(url, str(tmp_path), limits=loopback(), kind="ckan")

        assert (list(again), again.summary) == ([], run.summary)
    assert source.asked == asked


def test_folder_of_another_harvest_is_refused(tmp_path):
    gathered(CkanServer(1), tmp_path, since="2020-01-01")

    with pytest.raises(InputError, match="another harvest is kept here"):
        gathered(CkanServer(1), tmp_path)


def test_every_set_leads_to_the_bytes_it_was_read_from(tmp_path):
    found, _ = gathered(CkanServer(1), tmp_path)

    kept = Store(str(tmp_path / "a" / "objects"), packed=True)
    assert "Жинақ 1" in kept.get(found[0].evidence).decode()
    assert found[0].source.endswith("&rows=10&start=0")
