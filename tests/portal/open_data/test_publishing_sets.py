"""From an upload to a published set, its next version and its end."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.sections.open_data import actions, child, refusals, tables
from aiqyn_portal.sections.open_data.actions.files import Words, plain_name
from aiqyn_portal.sections.open_data.models import Dataset, File, Hold, Version
from aiqyn_portal.trail.models import Event
from tests import factories
from tests.portal.open_data.sets import AT, CSV, PASSPORT, published

LATER = AT + timedelta(days=30)


def held(draft):
    file = File.objects.get(version__dataset=draft)
    return Hold.objects.create(file=file, held_at=AT, found=[{"kind": "personal_iin"}])


def trail():
    return list(Event.objects.order_by("number").values_list("action", flat=True))


def test_upload_is_read_graded_and_kept_as_a_table(draft):
    file = File.objects.get()

    assert (file.state, file.format, file.rows, file.columns) == ("read", "csv", 2, 3)
    assert file.grade["file"]["format"] == "csv"
    assert list(file.dictionary.values_list("name", flat=True)) == ["kato", "oblys", "mektep"]
    assert tables.plain_file(file.table_sha256).exists()


def test_table_whose_plain_file_is_gone_comes_back_from_the_evidence(draft):
    file = File.objects.get()
    place = tables.plain_file(file.table_sha256)
    before = place.read_bytes()
    place.unlink()

    assert tables.plain_file(file.table_sha256).read_bytes() == before


def test_published_set_is_due_again_by_its_frequency(public, officer):
    version = Version.objects.get()

    assert (public.state, public.newest, public.published_at) == ("published", version, AT)
    assert public.next_due == date(2027, 2, 20)
    assert trail() == [
        "data.started",
        "data.file_added",
        "data.passport",
        "data.submitted",
        "data.released",
    ]


def test_set_is_returned_with_a_reason_and_handed_in_again(ready, officer, evaluator):
    version = ready.versions.get()
    actions.submit(version, by=officer, at=AT)
    actions.send_back(version, " Тақырыбын нақтылаңыз. ", by=evaluator, at=AT)
    ready.refresh_from_db()
    assert (ready.state, ready.reason) == ("returned", "Тақырыбын нақтылаңыз.")

    actions.submit(version, by=officer, at=AT)

    ready.refresh_from_db()
    version.refresh_from_db()
    assert (ready.state, ready.reason, version.state) == ("review", "", "review")


def test_next_version_becomes_the_one_readers_are_shown(public, officer, evaluator):
    version = actions.start_version(public, by=officer, at=LATER)
    actions.set_note(version, Phrase(kk="Төртінші тоқсан"), by=officer)
    file = actions.add_upload(
        version, "mektepter.csv", CSV + b"471010000;a;1\n", by=officer, at=LATER
    )
    actions.read_file(file.pk)
    actions.submit(version, by=officer, at=LATER)
    actions.release(version, by=evaluator, at=LATER)
    public.refresh_from_db()

    assert (public.newest.number, public.newest.note) == (2, {"kk": "Төртінші тоқсан"})
    assert public.next_due == date(2027, 3, 20)
    assert public.published_at == AT


def test_words_of_the_dictionary_pass_on_to_the_next_version(public, officer):
    words = Words(title=Phrase(kk="Мектеп саны"), unit="дана")
    first = File.objects.get()
    actions.describe_columns(first, {3: words}, by=officer, at=AT)

    version = actions.start_version(public, by=officer, at=LATER)
    file = actions.add_upload(version, "mektepter.csv", CSV, by=officer, at=LATER)
    actions.read_file(file.pk)

    column = file.dictionary.get(number=3)
    assert (column.title, column.unit) == ({"kk": "Мектеп саны"}, "дана")


def test_dictionary_that_says_the_same_leaves_no_trace(draft, officer):
    file = File.objects.get()

    assert actions.describe_columns(file, {1: Words()}, by=officer, at=AT) == []
    assert "data.columns" not in trail()


def test_words_of_columns_turn_back_nothing_released_since(public, officer, evaluator, in_process):
    """The file was read, with its set, before a newer version of the set was released."""
    rows = File.objects.select_related("version__dataset__newest", "version__dataset__body")
    file = rows.get(version__dataset=public)
    version = actions.start_version(Dataset.objects.get(pk=public.pk), by=officer, at=AT)
    actions.read_file(actions.add_upload(version, "x.csv", CSV, by=officer, at=AT).pk)
    actions.submit(version, by=officer, at=AT)
    version.refresh_from_db()
    actions.release(version, by=evaluator, at=LATER)
    words = {file.dictionary.first().number: Words(title=Phrase(ru="Иное"))}

    actions.describe_columns(file, words, by=officer, at=LATER)

    row = Dataset.objects.get(pk=public.pk)
    assert (row.released_at, row.modified_at) == (LATER, LATER)


def test_withdrawn_set_keeps_its_reason(public, officer):
    actions.withdraw(public, "Қате деректер жарияланған.", by=officer, at=LATER)
    public.refresh_from_db()

    assert (public.state, public.reason, public.next_due) == (
        "withdrawn",
        "Қате деректер жарияланған.",
        None,
    )
    with pytest.raises(refusals.NotPublished):
        actions.withdraw(public, "Тағы да", by=officer, at=LATER)
    with pytest.raises(refusals.NotPublished):
        actions.start_version(public, by=officer, at=LATER)


def test_version_under_review_does_not_bring_a_withdrawn_set_back(public, officer, evaluator):
    version = actions.start_version(public, by=officer, at=LATER)
    file = actions.add_upload(version, "mektepter.csv", CSV, by=officer, at=LATER)
    actions.read_file(file.pk)
    actions.submit(version, by=officer, at=LATER)
    actions.withdraw(public, "Қате деректер", by=officer, at=LATER)

    with pytest.raises(refusals.NotPublished):
        actions.release(version, by=evaluator, at=LATER)


def test_two_officers_who_write_one_passport_lose_nothing(draft, officer, body):
    actions.change_passport(draft, PASSPORT, seen=1, by=officer, at=AT)
    other = replace(PASSPORT, frequency="monthly")

    with pytest.raises(refusals.EditedMeanwhile):
        actions.change_passport(draft, other, seen=1, by=officer, at=AT)

    draft.refresh_from_db()
    assert (draft.frequency, draft.edition) == ("quarterly", 2)


def test_address_of_a_published_set_is_fixed(public, officer):
    with pytest.raises(refusals.NameIsFixed):
        actions.change_passport(
            public, replace(PASSPORT, name="basqa"), seen=public.edition, by=officer, at=AT
        )


def test_stars_follow_the_licence_the_passport_names(public, officer):
    file = File.objects.get()
    assert (file.stars, public.newest.stars) == (3, 3)
    closed = replace(PASSPORT, licence="none")

    actions.change_passport(public, closed, seen=public.edition, by=officer, at=AT)

    file.refresh_from_db()
    public.newest.refresh_from_db()
    assert (file.stars, file.grade["stars"]["steps"][0]["note"]) == (0, "licence_none")
    assert (public.newest.stars, Dataset.objects.get().stars) == (0, 0)


def test_licence_named_while_a_file_is_read_is_the_one_it_is_graded_under(ready, officer):
    file = actions.add_upload(ready.versions.get(), "b.csv", CSV, by=officer, at=AT)

    def meanwhile(asked: child.Asked) -> child.Examined:
        closed = replace(PASSPORT, licence="none")
        actions.change_passport(ready, closed, seen=ready.edition, by=officer, at=AT)
        return child.examine(asked)

    actions.read_file(file.pk, examine=meanwhile)

    file.refresh_from_db()
    assert (file.state, file.stars) == ("read", 0)
    assert file.grade["stars"]["steps"][0]["note"] == "licence_none"


def test_name_of_another_set_is_refused(draft, officer, body):
    published(body, officer, name="basqa")

    with pytest.raises(refusals.SetNameTaken):
        actions.change_passport(draft, replace(PASSPORT, name="basqa"), seen=1, by=officer, at=AT)


def test_names_are_read_off_titles_and_differ(body, officer):
    names = [
        actions.start_set(body, said, by=officer, at=AT).name
        for said in ("Өңірлердегі мектептер", "Өңірлердегі мектептер", "2026: «№»", "…")
    ]

    assert names == ["onirlerdegi-mektepter", "onirlerdegi-mektepter-2", "2026", "derekter"]


def test_personal_data_keep_a_set_from_review_until_somebody_decides(ready, officer):
    hold, version = held(ready), ready.versions.get()
    with pytest.raises(refusals.PersonalDataUndecided, match=r"mektepter\.csv"):
        actions.submit(version, by=officer, at=AT)

    actions.decide_hold(hold, Hold.Decision.PUBLISH, "Жалған мәндер.", by=officer, at=AT)
    actions.submit(version, by=officer, at=AT)

    hold.refresh_from_db()
    assert (hold.decision, hold.decided_by, hold.reason) == ("publish", officer, "Жалған мәндер.")
    with pytest.raises(refusals.AlreadyDecided):
        actions.decide_hold(hold, Hold.Decision.KEEP, "Жоқ.", by=officer, at=AT)


def test_file_that_must_not_be_published_keeps_its_set_back(ready, officer):
    actions.decide_hold(held(ready), Hold.Decision.KEEP, "ЖСН бар.", by=officer, at=AT)

    with pytest.raises(refusals.PersonalDataUndecided):
        actions.submit(ready.versions.get(), by=officer, at=AT)


def test_set_that_is_not_ready_is_not_handed_in(draft, officer):
    version = draft.versions.get()
    with pytest.raises(refusals.PassportIncomplete):
        actions.submit(version, by=officer, at=AT)
    File.objects.update(state="failed")
    with pytest.raises(refusals.FileCannotBeRead):
        actions.submit(version, by=officer, at=AT)
    File.objects.update(state="waiting")
    with pytest.raises(refusals.FilesAreBeingRead):
        actions.submit(version, by=officer, at=AT)
    actions.remove_file(File.objects.get(), by=officer)
    with pytest.raises(refusals.NoFiles):
        actions.submit(version, by=officer, at=AT)


def test_version_under_review_is_not_changed(ready, officer, evaluator):
    version = ready.versions.get()
    actions.submit(version, by=officer, at=AT)
    file = version.files.get()

    with pytest.raises(refusals.VersionIsClosed):
        actions.add_upload(version, "b.csv", CSV, by=officer, at=AT)
    with pytest.raises(refusals.VersionIsClosed):
        actions.remove_file(file, by=officer)
    with pytest.raises(refusals.VersionIsClosed):
        actions.set_note(version, Phrase(), by=officer)
    with pytest.raises(refusals.VersionIsClosed):
        actions.submit(version, by=officer, at=AT)


def test_only_a_version_under_review_is_released_or_returned(ready, evaluator):
    version = ready.versions.get()

    with pytest.raises(refusals.NotUnderReview):
        actions.release(version, by=evaluator, at=AT)
    with pytest.raises(refusals.NotUnderReview):
        actions.send_back(version, "себебі", by=evaluator, at=AT)


def test_file_is_taken_out_once(draft, officer):
    file = File.objects.get()
    actions.remove_file(File.objects.get(), by=officer)

    with pytest.raises(refusals.FileIsGone):
        actions.remove_file(file, by=officer)


def test_second_version_in_preparation_is_refused(public, officer):
    actions.start_version(public, by=officer, at=LATER)

    with pytest.raises(refusals.VersionInPreparation):
        actions.start_version(public, by=officer, at=LATER)


def test_uploads_have_limits(draft, officer, settings):
    version = draft.versions.get()
    settings.OPEN_DATA_MEGABYTES = 1
    with pytest.raises(refusals.FileIsEmpty):
        actions.add_upload(version, "b.csv", b"", by=officer, at=AT)
    with pytest.raises(refusals.FileTooLarge, match=": 1"):
        actions.add_upload(version, "b.csv", b"x" * 1_048_577, by=officer, at=AT)
    with pytest.raises(refusals.FileNameTaken):
        actions.add_upload(version, "mektepter.csv", CSV, by=officer, at=AT)


def test_version_holds_so_many_files(draft, officer, monkeypatch):
    monkeypatch.setattr(actions.files, "MOST_FILES", 1)

    with pytest.raises(refusals.TooManyFiles):
        actions.add_upload(draft.versions.get(), "b.csv", CSV, by=officer, at=AT)


def test_reasons_are_asked_for(ready, public, officer, evaluator):
    version = public.versions.get()
    with pytest.raises(refusals.ReasonMissing):
        actions.withdraw(public, "  ", by=officer, at=AT)
    with pytest.raises(refusals.ReasonMissing):
        actions.send_back(version, "", by=evaluator, at=AT)
    with pytest.raises(refusals.ReasonMissing):
        actions.decide_hold(held(public), Hold.Decision.PUBLISH, "", by=officer, at=AT)


def test_officers_of_other_bodies_may_do_nothing(ready, body, evaluator):
    stranger = factories.officer(factories.BodyFactory())
    version, file = ready.versions.get(), File.objects.get()
    attempts = [
        lambda: actions.start_set(body, "a", by=stranger, at=AT),
        lambda: actions.change_passport(ready, PASSPORT, seen=2, by=stranger, at=AT),
        lambda: actions.add_upload(version, "b.csv", CSV, by=stranger, at=AT),
        lambda: actions.add_link(version, "https://a.kz/b.csv", by=stranger, at=AT),
        lambda: actions.remove_file(file, by=stranger),
        lambda: actions.describe_columns(file, {}, by=stranger, at=AT),
        lambda: actions.set_note(version, Phrase(), by=stranger),
        lambda: actions.submit(version, by=stranger, at=AT),
        lambda: actions.release(version, by=stranger, at=AT),
        lambda: actions.send_back(version, "a", by=stranger, at=AT),
        lambda: actions.start_version(ready, by=stranger, at=AT),
        lambda: actions.withdraw(ready, "a", by=stranger, at=AT),
        lambda: actions.decide_hold(held(ready), Hold.Decision.PUBLISH, "a", by=stranger, at=AT),
    ]

    for act in attempts:
        with pytest.raises(PermissionDenied):
            act()
    assert Dataset.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("C:\\Деректер\\Мектеп саны.csv", "Мектеп-саны.csv"),
        ("../../etc/passwd", "passwd"),
        ("a\0b?.csv", "ab-.csv"),
        ("...", "file"),
        ("", "file"),
    ],
)
def test_name_of_a_file_is_safe_in_an_address(said, expected):
    assert plain_name(said) == expected


def test_nothing_changes_while_a_moderator_looks(ready, officer, evaluator):
    version = ready.versions.get()
    actions.submit(version, by=officer, at=AT)

    with pytest.raises(refusals.UnderReview):
        actions.change_passport(ready, PASSPORT, seen=ready.edition, by=officer, at=AT)
    with pytest.raises(refusals.UnderReview):
        actions.describe_columns(version.files.get(), {1: Words()}, by=officer, at=AT)
    with pytest.raises(refusals.ChangedSince):
        actions.release(version, by=evaluator, at=AT, seen=ready.edition - 1)
    actions.release(version, by=evaluator, at=AT, seen=ready.edition)


def test_published_set_keeps_a_whole_passport_on_the_page_too(public, officer):
    bare = replace(PASSPORT, name=public.name, licence="")

    with pytest.raises(refusals.PassportIncomplete):
        actions.change_passport(public, bare, seen=public.edition, by=officer, at=AT)
    public.refresh_from_db()
    assert public.licence == PASSPORT.licence
