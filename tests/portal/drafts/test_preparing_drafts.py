"""Texts, passports and files of a draft before anybody sees it."""

import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.sections.drafts import actions, reading, refusals
from aiqyn_portal.sections.drafts.actions import attachments
from aiqyn_portal.sections.drafts.models import Draft
from aiqyn_portal.sections.drafts.queries.readiness import lacking
from tests.factories import BodyFactory
from tests.factories import officer as officer_of
from tests.portal.drafts.projects import AT, FIRST, NOTE, PASSPORT, fresh, prepared, text_of


@pytest.fixture
def begun(body, officer):
    """A draft with nothing in it."""
    return actions.start_draft(body, by=officer, at=AT)


def take(draft, by, content, language="kk", **more):
    version = draft.versions.get(published_at__isnull=True)
    version.draft = draft
    upload = actions.Upload(language=language, name="text.txt", content=content, **more)
    return actions.take_texts(version, [upload], by=by, at=AT)


def test_drafts_of_a_year_are_numbered(body, officer):
    slugs = [actions.start_draft(body, by=officer, at=AT).slug for _ in range(3)]

    assert slugs == ["2026-0001", "2026-0002", "2026-0003"]


def test_strangers_begin_no_draft_of_a_body(body, citizen):
    with pytest.raises(PermissionDenied):
        actions.start_draft(body, by=citizen, at=AT)


def test_texts_are_paired_and_keyed(body, officer):
    rows = prepared(body, officer).versions.get().paragraphs.all()

    said = [
        (row.key, row.position, row.part, row.marker_kk, row.text_kk, row.text_ru) for row in rows
    ]
    assert said == [
        (number, number, 1, f"{number}.", kk[3:], ru[3:])
        for number, (kk, ru) in enumerate(zip(FIRST["kk"], FIRST["ru"], strict=True), start=1)
    ]


def test_places_where_the_languages_differ_are_kept(body, officer):
    rows = prepared(body, officer).versions.get().paragraphs.exclude(divergences=[])

    assert [(row.key, [each["kk"] for each in row.divergences]) for row in rows] == [
        (3, [[[21, 23]]])
    ]


def test_a_text_alone_waits_for_its_fellow(begun, officer):
    [text] = take(begun, officer, text_of("kk", FIRST))

    assert (text.units, begun.versions.get().paragraphs.filter(eid_ru="").count()) == (0, 4)
    text.refresh_from_db()
    assert text.units == 4


@pytest.mark.parametrize(
    ("content", "language", "refusal"),
    [
        (b"", "kk", refusals.FileEmpty),
        (b" \n\t ", "kk", refusals.FileEmpty),
        (b"\x89PNG\r\n\x1a\n....", "kk", refusals.FileUnreadable),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "kk", refusals.FileUnreadable),
        (text_of("ru", FIRST), "kk", refusals.WrongLanguage),
        (text_of("kk", FIRST), "ru", refusals.WrongLanguage),
    ],
)
def test_a_text_that_is_none_is_refused(begun, officer, content, language, refusal):
    with pytest.raises(refusal):
        take(begun, officer, content, language)

    assert begun.versions.get().texts.count() == 0


def test_an_officer_may_insist_on_the_language(begun, officer):
    take(begun, officer, text_of("ru", FIRST), "kk", sure=True)

    assert begun.versions.get().texts.get().language == "kk"


def test_the_same_text_in_both_languages_is_refused(begun, officer):
    take(begun, officer, text_of("kk", FIRST))

    with pytest.raises(refusals.SameText):
        take(begun, officer, text_of("kk", FIRST), "ru", sure=True)


def test_a_file_larger_than_we_read_is_refused(begun, officer, monkeypatch):
    monkeypatch.setattr(reading, "MEGABYTES", 0)

    with pytest.raises(refusals.FileTooBig):
        take(begun, officer, text_of("kk", FIRST))


def test_an_act_of_too_many_paragraphs_is_refused(begun, officer, monkeypatch):
    monkeypatch.setattr(reading, "MOST_PARAGRAPHS", 3)

    with pytest.raises(refusals.TextTooLong, match="3"):
        take(begun, officer, text_of("kk", FIRST))


def test_a_published_version_takes_no_text(body, officer):
    draft = prepared(body, officer)
    version = draft.versions.get()
    version.published_at = AT
    version.save()
    version.draft = draft

    with pytest.raises(refusals.VersionMissing):
        actions.take_texts(version, [], by=officer, at=AT)


def test_a_long_act_is_divided_at_its_chapters(begun, officer):
    lines = []
    for chapter in range(1, 5):
        lines.append(f"{chapter}-тарау. Жалпы ережелер мен ұғымдар туралы тарау")
        for point in range(1, 41):
            number = (chapter - 1) * 40 + point
            lines.append(f"{number}. Осы тармақ {number}-рет айтылған ереже болып табылады.")
    take(begun, officer, ("Қағидалар туралы\n" + "\n".join(lines)).encode())

    version = begun.versions.get()
    heads = [(line["part"], line["kk"][:8]) for line in version.contents if line["is_head"]]
    assert heads == [(1, "1-тарау."), (2, "2-тарау."), (3, "3-тарау."), (4, "4-тарау.")]
    assert [version.paragraphs.filter(part=part).count() for part in (1, 2, 3, 4)] == [41] * 4


def test_the_passport_of_an_older_edition_is_refused(begun, officer):
    actions.change_passport(begun, PASSPORT, seen=1, by=officer, at=AT)

    with pytest.raises(refusals.EditedSince):
        actions.change_passport(begun, PASSPORT, seen=1, by=officer, at=AT)


def test_officers_of_another_body_change_nothing(begun):
    other = officer_of(BodyFactory(code="kz-akm-other"))

    with pytest.raises(PermissionDenied):
        actions.change_passport(begun, PASSPORT, seen=1, by=other, at=AT)


def test_what_is_missing_is_named(begun, officer):
    with override("en"):
        before = list(map(str, lacking(begun)))
        after = list(map(str, lacking(prepared(begun.body, officer))))

    assert before == [
        "title in Kazakh and in Russian",
        "type of the act",
        "category",
        "whom to ask: a telephone or an e-mail",
        "text in Kazakh",
        "text in Russian",
        "explanatory note",
    ]
    assert after == []


def test_a_public_draft_keeps_a_whole_passport(opened_draft, officer):
    empty = actions.Passport(title=Phrase(), type="", category="")

    with pytest.raises(refusals.NotReady):
        actions.change_passport(opened_draft, empty, seen=opened_draft.edition, by=officer, at=AT)

    assert fresh(opened_draft).title == PASSPORT.title


def packed(*sizes):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, size in enumerate(sizes):
            archive.writestr(f"word/{number}.xml", b"0" * size)
    return out.getvalue()


def file(name, content, kind="opinion"):
    return actions.File(kind=kind, title="", name=name, content=content)


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("bos.pdf", b"", refusals.FileEmpty),
        ("bet.html", b"<script>", refusals.AttachmentKindUnknown),
        ("qujat.pdf", b"MZ\x90", refusals.AttachmentKindUnknown),
        ("syngan.docx", b"PK\x03\x04....", refusals.AttachmentKindUnknown),
        ("jazba.txt", b"\xff\xfe\x00", refusals.AttachmentKindUnknown),
        ("at.exe", b"MZ", refusals.AttachmentKindUnknown),
    ],
)
def test_what_nobody_should_open_is_not_attached(begun, officer, name, content, refusal):
    with pytest.raises(refusal):
        actions.attach(begun, file(name, content), by=officer, at=AT)

    assert begun.attachments.count() == 0


def test_an_archive_that_swells_is_not_attached(begun, officer):
    bomb = packed(*[40_000_000] * 6)

    with pytest.raises(refusals.AttachmentKindUnknown):
        actions.attach(begun, file("bomba.docx", bomb), by=officer, at=AT)


def test_files_are_attached_once_and_taken_out_before_the_start(begun, officer):
    kept = actions.attach(begun, file("../../Сараптама.docx", packed(10)), by=officer, at=AT)

    with pytest.raises(refusals.AttachmentTwice):
        actions.attach(begun, file("Сараптама.docx", packed(10)), by=officer, at=AT)
    assert kept.name == "Сараптама.docx"
    actions.detach(kept, by=officer)
    assert begun.attachments.count() == 0


def test_too_many_files_are_refused(begun, officer, monkeypatch):
    monkeypatch.setattr(attachments, "MOST", 0)

    with pytest.raises(refusals.TooManyAttachments):
        actions.attach(begun, NOTE, by=officer, at=AT)


def test_what_was_published_stays_attached(opened_draft, officer):
    with pytest.raises(refusals.NotInPreparation):
        actions.detach(opened_draft.attachments.get(), by=officer)


def test_the_texts_fill_an_empty_passport(officer_client, body):
    files = {code: SimpleUploadedFile(f"{code}.txt", text_of(code, FIRST)) for code in ("kk", "ru")}
    answer = officer_client.post(f"/kk/drafts/bodies/{body.code}/new/", files)

    draft = Draft.objects.get()
    assert answer.url == f"/kk/drafts/{draft.slug}/preview/"
    assert (draft.title["ru"], draft.type) == (
        "Об утверждении Правил выгула собак",
        "akimat_resolution",
    )


def test_a_refused_text_leaves_no_draft_behind(officer_client, body):
    answer = officer_client.post(
        f"/en/drafts/bodies/{body.code}/new/", {"kk": SimpleUploadedFile("kk.txt", b"\x89PNG..")}
    )

    assert (answer.status_code, Draft.objects.count()) == (200, 0)
    assert "The text could not be read from the file." in answer.content.decode()
