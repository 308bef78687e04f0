"""What readers and programs are shown of drafts."""

import json
import re
from xml.etree import ElementTree as ET

import feedparser
import pytest
from django.utils import timezone

from aiqyn_portal.base.refusals import ActionRefused
from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions.grouping import actions as grouping
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.search.matching import matched
from aiqyn_portal.sections.drafts import kit, searching
from aiqyn_portal.sections.drafts.queries.commenting import KIND
from tests.factories import BodyFactory
from tests.factories import officer as officer_of
from tests.portal.conftest import signed_in
from tests.portal.drafts.projects import (
    FIRST,
    comment,
    decided,
    fresh,
    opened,
    over,
    prepared,
    text_of,
)


def text_of_page(answer):
    """What stands on a page, without markup, spaces single."""
    html = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return text_of_page(answer)


def test_a_draft_is_read_in_both_languages_or_in_one(opened_draft, client):
    both = page(client, f"/en/drafts/{opened_draft.slug}/")
    russian = page(client, f"/en/drafts/{opened_draft.slug}/?text=ru")

    assert FIRST["kk"][0] in both
    assert FIRST["ru"][0] in both
    assert FIRST["ru"][0] in russian
    assert FIRST["kk"][0] not in russian


def test_every_paragraph_offers_a_comment_without_javascript(opened_draft, client):
    html = client.get(f"/kk/drafts/{opened_draft.slug}/").content.decode()

    links = re.findall(rf'href="/kk/drafts/{opened_draft.slug}/p/(\d+)/#say"', html)
    assert links == ["1", "2", "3", "4"]
    assert html.count("Пікір қалдыру<span") == 4


def test_numbers_of_comments_stand_beside_their_paragraphs(
    opened_draft, citizen, evaluator, client
):
    said = comment(opened_draft, citizen, "2")
    comment(opened_draft, evaluator, "2", text="Келісемін, дұрыс пікір.", parent=said)

    html = client.get(f"/kk/drafts/{opened_draft.slug}/").content.decode()

    assert re.findall(r'class="draft-count">(\d+)<', html) == ["2"]


def test_places_where_languages_differ_are_shown_to_readers(opened_draft, client):
    html = client.get(f"/ru/drafts/{opened_draft.slug}/").content.decode()

    assert '<mark class="draft-differs">25</mark>' in html
    assert '<mark class="draft-differs">20</mark>' in html
    assert "Языки расходятся." in html


def test_a_comment_is_written_on_the_page_of_its_paragraph(opened_draft, citizen_client):
    address = f"/kk/drafts/{opened_draft.slug}/p/2/"
    html = citizen_client.get(address).content.decode()
    key = re.search(r'name="voice-form_key" value="([^"]+)"', html)[1]
    action = re.search(r'action="(/kk/contributions/write/[^"]+)"', html)[1]

    sent = {
        "voice-text": "Тұмылдырық тек ірі иттерге керек деп санаймын.",
        "voice-anchor": "2",
        "voice-form_key": key,
        "voice-next": address,
        "seen": "1",
    }
    for _ in range(2):  # a double click
        answer = citizen_client.post(action, sent)

    assert answer.url == address
    assert "Тұмылдырық тек ірі иттерге" in page(citizen_client, address)
    assert Contribution.objects.get(kind=KIND).anchor == "2"


def test_whoever_is_not_signed_in_is_led_to_the_form(opened_draft, client):
    html = client.get(f"/kk/drafts/{opened_draft.slug}/p/2/").content.decode()

    assert f"/kk/contributions/write/draft_comment/{opened_draft.slug}/?anchor=2" in html


def test_a_closed_draft_says_that_it_takes_no_comment(opened_draft, citizen_client):
    said = page(citizen_client, f"/en/drafts/{over(opened_draft).slug}/p/2/")

    assert "The discussion ended on" in said
    assert "Your text" not in said


def test_near_copies_are_folded_with_a_count(opened_draft, citizen, evaluator, client, officer):
    rows = [
        comment(opened_draft, by, "2", text=f"Тұмылдырық кішкентай иттерге керек емес{mark}")
        for by, mark in ((citizen, "."), (evaluator, "!"))
    ]
    for row in rows:
        grouping.place(row)
    html = client.get(f"/kk/drafts/{opened_draft.slug}/p/2/").content.decode()
    contributions.group(rows, by=officer)
    grouped = client.get(f"/kk/drafts/{opened_draft.slug}/p/2/").content.decode()

    assert grouped.count('class="draft-thread"') == 1

    assert html.count('class="draft-thread"') == 1
    assert "және дәл осыны айтқан тағы 1 пікір" in html


def test_comments_of_a_lost_paragraph_are_shown_as_orphans(redrafted, citizen, client):
    comment(redrafted, citizen, "3", text="Қашықтық жеткіліксіз деп ойлаймын.")

    assert "paragraph taken out" in page(client, f"/en/drafts/{redrafted.slug}/comments/")
    lost = page(client, f"/en/drafts/{redrafted.slug}/p/3/")
    assert "it stood in version 1" in lost
    assert "Қашықтық жеткіліксіз" in lost


def test_a_proposed_wording_is_shown_as_changes(opened_draft, citizen, client):
    wording = FIRST["kk"][1][3:].replace("Иесі", "Ірі иттің иесі")
    comment(opened_draft, citizen, "2", wording=wording)

    html = client.get(f"/kk/drafts/{opened_draft.slug}/p/2/").content.decode()

    assert "<ins>" in html
    assert "<del>" in html


def test_two_versions_are_compared_in_either_language(redrafted, client):
    kazakh = client.get(f"/kk/drafts/{redrafted.slug}/v1-v2/").content.decode()
    russian = page(client, f"/ru/drafts/{redrafted.slug}/v1-v2/")

    assert "Акимат публикует перечень площадок" in russian
    assert "20 метров" in russian
    assert [re.sub("<[^>]+>", "", each) for each in re.findall("<ins>(.*?)</ins>", kazakh)][1:]
    assert client.get(f"/kk/drafts/{redrafted.slug}/v2-v1/").status_code == 404
    assert page(client, f"/kk/drafts/{redrafted.slug}/v1-v2/?all=1").count("Иттер арнайы") == 1


def test_any_two_versions_are_chosen_in_a_form(redrafted, client):
    chosen = client.get(f"/kk/drafts/{redrafted.slug}/versions/?a=2&b=1")

    assert chosen.url == f"/kk/drafts/{redrafted.slug}/v1-v2/"


def test_an_earlier_version_stays_at_its_address(redrafted, client):
    assert FIRST["ru"][2] in page(client, f"/ru/drafts/{redrafted.slug}/v1/")
    assert client.get(f"/draft/{redrafted.slug}/v1/").url == f"/kk/drafts/{redrafted.slug}/v1/"


def test_a_draft_in_preparation_is_hidden(body, officer, client, officer_client):
    draft = prepared(body, officer)
    attached = f"/draft/{draft.slug}/files/{draft.attachments.get().pk}"

    assert client.get(f"/kk/drafts/{draft.slug}/").status_code == 404
    assert client.get(f"/api/drafts/{draft.slug}").status_code == 404
    assert client.get(attached).status_code == 404
    assert officer_client.get(attached).status_code == 200
    assert matched("серуендету", kind=searching.DRAFT).ids == ()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 1),
        ("q=тұмылдырық", 1),
        ("q=намордник", 1),
        ("q=жоқ+сөз", 0),
        ("stands=open", 1),
        ("stands=reported", 0),
        ("category=ecology&type=akimat_resolution", 1),
        ("category=health", 0),
        ("body=kz-akm-shymkent&sort=talked", 1),
        ("sort=silent&stands=nonsense", 1),
        ("sort=new&q=%00", 1),
    ],
)
def test_the_catalogue_is_narrowed(opened_draft, client, query, found):
    answer = client.get(f"/api/drafts?{query}")

    assert answer.json()["count"] == found


def test_the_catalogue_asks_as_much_for_three_drafts_as_for_one(
    opened_draft, body, officer, client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(14) as one:
        client.get("/kk/drafts/")
    for _ in range(2):
        opened(body, officer)
    with django_assert_max_num_queries(len(one)):
        client.get("/kk/drafts/")


def test_programs_are_told_of_a_draft(redrafted, citizen, client):
    comment(redrafted, citizen, "1")
    told = client.get(f"/api/drafts/{redrafted.slug}").json()

    assert told["title"] == {"kk": "Иттерді серуендету қағидалары", "ru": "Правила выгула собак"}
    assert [version["number"] for version in told["versions"]] == [2, 1]
    assert told["comments"]["total"] == 1
    assert citizen.email not in json.dumps(told)


@pytest.mark.parametrize("ending", ["akn", "docx", "html", "pdf"])
def test_every_version_is_offered_in_every_format(redrafted, client, ending):
    answer = client.get(f"/draft/{redrafted.slug}/v1/kk.{ending}")

    assert answer.status_code == 200
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert client.get(f"/draft/{redrafted.slug}/v1/en.{ending}").status_code == 404


def test_the_file_as_uploaded_is_kept(redrafted, client):
    answer = client.get(f"/draft/{redrafted.slug}/v1/ru/original")

    assert answer.content == text_of("ru", FIRST)


def test_the_feed_tells_of_discussions(opened_draft, client):
    told = feedparser.parse(client.get("/feeds/drafts.ru.atom").content)

    assert [entry.title for entry in told.entries] == [
        "Акимат города Шымкент: Правила выгула собак"
    ]
    assert client.get("/feeds/drafts.de.atom").status_code == 404


def test_posts_are_no_longer_than_their_network_takes(opened_draft):
    opened_draft.title = {"kk": "Өте ұзақ атау " * 60, "ru": "Очень длинное название " * 60}
    links = dict.fromkeys(kit.LANGUAGES, "https://aiqyn.example/draft/2026-0001/")

    posts = kit.posts(opened_draft, opened_draft.discussion, links)

    assert [post.channel for post in posts if post.length > post.limit] == []
    assert all("https://aiqyn.example/draft/2026-0001/" in post.text for post in posts)
    assert {post.language for post in posts} == {"kk", "ru"}


def test_the_card_is_a_picture_without_scripts(opened_draft):
    opened_draft.title = {"kk": "<script>alert(1)</script> & тағы"}

    svg = kit.card(opened_draft, opened_draft.discussion, "kk")

    assert ET.fromstring(svg).find("{http://www.w3.org/2000/svg}script") is None
    assert kit.png(svg).startswith(b"\x89PNG")


def test_scripts_in_texts_and_comments_are_shown_as_text(opened_draft, citizen, client):
    comment(opened_draft, citizen, "2", text="<script>alert(1)</script> деген сөз")

    html = client.get(f"/kk/drafts/{opened_draft.slug}/p/2/").content.decode()

    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_officer_decides_about_what_is_ticked(opened_draft, citizen, evaluator, officer_client):
    rows = [comment(opened_draft, by, "2") for by in (citizen, evaluator)]
    address = f"/en/drafts/{opened_draft.slug}/decide/"
    chosen = [f"c{row.pk}" for row in rows]
    said = {
        "on": chosen,
        "decision": "accepted:improves",
        "words_kk": "Ірі иттер туралы ұсыныс үшінші тармаққа толық енгізілді.",
        "words_ru": "Предложение о крупных собаках полностью включено в третий пункт.",
    }

    shown = officer_client.get(address, {"on": chosen})
    answer = officer_client.post(address, said)

    assert "One decision on 2 comments" in text_of_page(shown)
    assert answer.url == f"/en/drafts/{opened_draft.slug}/desk/"
    assert {row.outcome for row in Contribution.objects.filter(kind=KIND)} == {"accepted"}


def test_an_answer_that_repeats_another_is_shown_before_it_is_sent(
    opened_draft, citizen, officer, officer_client
):
    words = {
        "words_kk": "Ұсынысыңыз қаралды және келесі жұмыста ескерілетін болады, рақмет сізге.",
        "words_ru": "Ваше предложение рассмотрено и будет учтено в дальнейшей работе, спасибо вам.",
    }
    first, second = (comment(opened_draft, citizen, anchor) for anchor in ("1", "2"))
    address = f"/en/drafts/{opened_draft.slug}/decide/"
    decision = {"decision": "declined:no_grounds", **words}
    officer_client.post(address, {"on": f"c{first.pk}", **decision})

    again = officer_client.post(address, {"on": f"c{second.pk}", **decision})

    assert "The explanation looks like a template." in text_of_page(again)
    assert words["words_kk"] in again.content.decode()
    second.refresh_from_db()
    assert second.outcome == ""
    officer_client.post(address, {"on": f"c{second.pk}", "sure": "on", **decision})
    second.refresh_from_db()
    assert second.outcome == "declined"


def test_the_words_of_a_refused_decision_are_kept(opened_draft, citizen, officer_client):
    said = comment(opened_draft, citizen)

    answer = officer_client.post(
        f"/en/drafts/{opened_draft.slug}/decide/",
        {"on": f"c{said.pk}", "decision": "", "words_kk": "Жазғаным жоғалмасын", "words_ru": "Да"},
    )

    assert "Жазғаным жоғалмасын" in answer.content.decode()


def test_officers_of_another_body_see_no_desk(opened_draft, client):
    other = signed_in(officer_of(BodyFactory(code="kz-akm-other")))

    for name in ("desk", "prepare", "passport", "withdraw", "meetings/new"):
        assert other.get(f"/kk/drafts/{opened_draft.slug}/{name}/").status_code == 403


def test_the_bodys_page_shows_what_became_of_comments(
    opened_draft, citizen, officer, officer_client, client
):
    decided(opened_draft, [comment(opened_draft, citizen)], officer)
    comment(opened_draft, citizen, "1", text="Алаңдар аз, көбейту керек.")
    address = f"/en/drafts/bodies/{opened_draft.body.code}/"

    html = client.get(address).content.decode()

    assert "<svg" in html
    assert "What to do next" not in html
    assert "1 comment without a decision" in page(officer_client, address)


def test_pages_of_a_draft_through_its_life_answer_the_officer(opened_draft, officer_client):
    slug = fresh(opened_draft).slug
    today = timezone.localdate().isoformat()
    telegram = {"channel": "telegram", "link": "https://t.me/a/1", "told_on": today}

    assert officer_client.post(f"/en/drafts/{slug}/kit/", telegram).status_code == 302
    assert officer_client.post(f"/en/drafts/{slug}/new-version/").status_code == 302
    note = {"note_kk": "Жаңа нұсқа", "note_ru": "Новая версия"}
    assert officer_client.post(f"/en/drafts/{slug}/note/", note).status_code == 302
    assert "Жаңа нұсқа" in officer_client.get(f"/en/drafts/{slug}/prepare/").content.decode()
    gone = officer_client.post(f"/en/drafts/{slug}/give-up-version/", follow=True)
    assert "The version in preparation is given up." in text_of_page(gone)
    closing = officer_client.post(f"/en/drafts/{slug}/close/", follow=True)
    assert "The discussion is still going on" in text_of_page(closing)


def test_the_common_queue_leads_to_the_decision_on_a_draft(opened_draft, citizen, officer_client):
    said = comment(opened_draft, citizen)

    answer = officer_client.get("/kk/drafts/decide/", {"number": [said.number, "2020-000001"]})

    assert answer.url == f"/kk/drafts/{opened_draft.slug}/decide/?on=c{said.pk}"
    assert officer_client.get("/kk/drafts/decide/").url == "/kk/drafts/work/"


@pytest.mark.parametrize("anchor", ["99", "0", "x", "9" * 12])
def test_a_comment_on_a_paragraph_that_is_not_there_is_refused(opened_draft, citizen, anchor):
    with pytest.raises(ActionRefused):
        comment(opened_draft, citizen, anchor)
