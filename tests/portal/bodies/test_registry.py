"""Search, order, names through time and the acts that change the registry."""

from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from aiqyn.registry.bodies import BodyRow
from aiqyn.registry.shipped import shipped_registry
from aiqyn_portal.bodies import actions, queries
from aiqyn_portal.bodies.models import Account, Body, BodyName
from aiqyn_portal.trail.actions import SYSTEM
from aiqyn_portal.trail.models import Event
from tests.factories import BodyFactory


def phrase(words: str) -> dict[str, str]:
    return {"kk": words, "ru": words}


def codes(bodies: Any) -> list[str]:
    return [body.code for body in bodies]


def test_search_finds_cyrillic_in_any_case_and_any_language(body: Body) -> None:
    BodyFactory(code="kz-other", name=phrase("Өскемен"))

    assert codes(queries.found_bodies("шымкент ӘКІМДІГІ")) == ["kz-akm-shymkent"]
    assert codes(queries.found_bodies("ГОРОДА")) == ["kz-akm-shymkent"]
    assert codes(queries.found_bodies("өскемен")) == ["kz-other"]
    assert codes(queries.found_bodies("kz-oth")) == ["kz-other"]
    assert codes(queries.found_bodies("нет такого")) == []


def test_search_takes_yo_for_ye(db: None) -> None:
    BodyFactory(code="kz-yo", name=phrase("Учёт"))

    assert codes(queries.found_bodies("учет")) == ["kz-yo"]


def test_names_stand_in_the_order_of_the_kazakh_alphabet(db: None) -> None:
    ordered = ["9", "Аэро", "Әлем", "Кен", "Қала", "Ңа", "Өзен", "Ұлы", "Үй", "Һ", "Ың", "Іле", "Z"]
    for number, words in enumerate(reversed(ordered)):
        BodyFactory(code=f"kz-{number}", name=phrase(words))

    named = [str(found.name["kk"]) for found in queries.found_bodies(language="kk")]

    assert named == ordered


def test_order_falls_back_to_kazakh_where_a_name_is_not_translated(db: None) -> None:
    BodyFactory(code="kz-b", name={"kk": "А", "ru": "А", "en": "Zebra"})
    BodyFactory(code="kz-c", name={"kk": "Ә", "ru": "Ә", "en": "Alpha"})
    BodyFactory(code="kz-a", name=phrase("Я"))

    assert codes(queries.found_bodies(language="en")) == ["kz-a", "kz-c", "kz-b"]


def test_bodies_are_found_by_kind_and_day(db: None) -> None:
    BodyFactory(code="kz-old", valid_to=date(2022, 6, 7))
    BodyFactory(code="kz-new", valid_from=date(2022, 6, 8))
    BodyFactory(code="kz-min", kind=Body.Kind.MINISTRY)

    on_the_day = queries.found_bodies(kind="akimat_region", day=date(2022, 6, 8))

    assert codes(on_the_day) == ["kz-new"]


def test_renaming_keeps_the_old_name_for_the_old_days(body: Body, administrator: Any) -> None:
    new = phrase("Жаңа атау")

    actions.rename_body(administrator, body, new, since=date(2024, 5, 1), source="decree 1")

    body.refresh_from_db()
    assert dict(body.name) == new
    assert body.name_on(date(2024, 4, 30))["ru"] == "Акимат города Шымкент"
    assert body.name_on(date(2024, 5, 1)) == new
    assert codes(queries.found_bodies("шымкент")) == ["kz-akm-shymkent"]
    event = Event.objects.get()
    assert (event.actor, event.action, event.subject) == (
        "administrator",
        "body.renamed",
        "body:kz-akm-shymkent",
    )
    assert (event.details["before"]["ru"], event.details["since"]) == (
        "Акимат города Шымкент",
        "2024-05-01",
    )


def test_names_follow_one_another_without_a_gap(body: Body) -> None:
    actions.rename_body(SYSTEM, body, phrase("Екі"), since=date(2020, 1, 1), source="1")
    actions.rename_body(SYSTEM, body, phrase("Үш"), since=date(2022, 1, 1), source="2")

    assert list(body.names.order_by("valid_to").values_list("valid_from", "valid_to")) == [
        (None, date(2019, 12, 31)),
        (date(2020, 1, 1), date(2021, 12, 31)),
    ]


def test_name_cannot_begin_before_the_one_it_follows(body: Body) -> None:
    actions.rename_body(SYSTEM, body, phrase("Екі"), since=date(2020, 1, 1), source="1")

    with pytest.raises(actions.NewNameIsTooEarly) as refused:
        actions.rename_body(SYSTEM, body, phrase("Үш"), since=date(2020, 1, 1), source="2")

    assert refused.value.earliest == date(2020, 1, 2)
    assert body.names.count() == 1


def test_edit_records_only_what_changed(body: Body) -> None:
    fields = {"kato": "790000000", "site": body.site, "parent": None}

    assert actions.edit_body(SYSTEM, body, fields) == ["kato"]
    assert actions.edit_body(SYSTEM, body, fields) == []
    assert [event.details for event in Event.objects.all()] == [
        {"before": {"kato": ""}, "after": {"kato": "790000000"}}
    ]


def test_body_with_living_subordinates_cannot_be_closed(body: Body) -> None:
    child = BodyFactory(code="kz-child", kind=Body.Kind.SUBORDINATE, parent=body)

    with pytest.raises(actions.BodyHasSubordinates, match="kz-child"):
        actions.close_body(SYSTEM, body, last_day=date(2024, 1, 1))

    actions.close_body(SYSTEM, child, last_day=date(2024, 1, 1))
    actions.close_body(SYSTEM, body, last_day=date(2024, 1, 1))
    body.refresh_from_db()
    assert body.valid_to == date(2024, 1, 1)


def test_a_body_is_above_what_stands_under_it(body: Body) -> None:
    child = BodyFactory(code="kz-child", parent=body)

    assert queries.is_above(body, child)
    assert not queries.is_above(child, body)


def row(code: str, **fields: Any) -> BodyRow:
    return BodyRow(**{"code": code, "kind": "ministry", "name": phrase("Атау"), **fields})


def test_import_adds_parents_first_and_brings_others_up_to_date(db: None) -> None:
    rows = [row("kz-low", kind="subordinate", parent="kz-top"), row("kz-top")]

    first = actions.import_rows(SYSTEM, rows, origin="file:a.csv")
    again = actions.import_rows(SYSTEM, rows, origin="file:a.csv")
    later = actions.import_rows(
        SYSTEM, [rows[0], row("kz-top", site="https://a.kz", phone="1")], origin="file:b.csv"
    )

    assert (first.added, first.changed, first.unchanged) == (["kz-top", "kz-low"], [], 0)
    assert (again.added, again.changed, again.unchanged) == ([], [], 2)
    assert (later.added, later.changed, later.unchanged) == ([], ["kz-top"], 1)
    top = Body.objects.get(code="kz-top")
    assert (top.site, top.contacts) == ("https://a.kz", {"phone": "1"})
    assert [(e.subject, e.details) for e in Event.objects.all()] == [
        ("file:a.csv", {"added": ["kz-top", "kz-low"], "changed": []}),
        ("file:b.csv", {"added": [], "changed": ["kz-top"]}),
    ]


def test_import_does_not_rename_and_does_not_share_a_bin(db: None) -> None:
    BodyFactory(code="kz-a", name=phrase("Ескі"), bin="980540000397")

    problems = queries.contradictions(
        [row("kz-a", line=2, name=phrase("Жаңа")), row("kz-b", line=3, bin="980540000397")]
    )

    assert [(p.line, p.column, p.code) for p in problems] == [
        (2, "code", "other_name"),
        (3, "bin", "taken"),
    ]


def test_shipped_registry_is_imported_once_and_edits_are_left_alone(db: None) -> None:
    registry = shipped_registry()

    first = actions.import_shipped(SYSTEM, registry)
    Body.objects.filter(code="kz-akm-astana").update(site="https://ours.kz")
    BodyName.objects.filter(body__code="kz-akm-turkistan").delete()
    again = actions.import_shipped(SYSTEM, registry)

    assert (len(first.added), first.unchanged) == (len(registry.bodies), 0)
    assert (again.added, again.unchanged) == ([], len(registry.bodies))
    assert Body.objects.get(code="kz-akm-astana").site == "https://ours.kz"
    assert BodyName.objects.count() == len(registry.names) - 1
    assert Account.objects.count() == len(registry.accounts)
    assert codes(queries.found_bodies("нур-султан")) == ["kz-akm-astana"]


def test_astana_bore_another_name_in_between(db: None) -> None:
    actions.import_shipped(SYSTEM, shipped_registry())
    astana = Body.objects.get(code="kz-akm-astana")

    named = [
        astana.name_on(day)["ru"]
        for day in (date(2019, 3, 22), date(2019, 3, 23), date(2022, 9, 16), date(2022, 9, 17))
    ]

    assert named == [
        "Акимат города Астаны",
        "Акимат города Нур-Султан",
        "Акимат города Нур-Султан",
        "Акимат города Астаны",
    ]


HEADER = (
    "code,kind,parent,name_kk,name_ru,name_en,bin,kato,site,phone,email,"
    "address_kk,address_ru,address_en,valid_from,valid_to,is_example,source\n"
)


def test_import_command_loads_a_file(db: None, tmp_path: Any, capsys: Any) -> None:
    path = tmp_path / "bodies.csv"
    path.write_text(HEADER + "kz-a,ministry,,А,А" + "," * 13 + "\n", encoding="utf-8")

    call_command("import_bodies", str(path))

    assert capsys.readouterr().out == "1 added, 0 changed, 0 as they were\n"
    assert codes(Body.objects.all()) == ["kz-a"]


def test_import_command_names_every_bad_cell_and_loads_nothing(db: None, tmp_path: Any) -> None:
    path = tmp_path / "bodies.csv"
    good, bad = "kz-a,ministry,,А,А" + "," * 13, "kz-b,king,,А,А,,12" + "," * 11
    path.write_text(f"{HEADER}{good}\n{bad}\n", encoding="utf-8")

    with pytest.raises(CommandError) as refused:
        call_command("import_bodies", str(path))

    said = str(refused.value).splitlines()
    assert [line.partition(" line ")[2].partition(":")[0] for line in said] == [
        "3, column kind",
        "3, column bin",
        "",
    ]
    assert said[-1] == "Nothing was loaded."
    assert Body.objects.count() == 0


def test_import_command_says_when_there_is_no_such_file(db: None) -> None:
    with pytest.raises(CommandError, match=r"none\.csv: No such file"):
        call_command("import_bodies", "none.csv")
