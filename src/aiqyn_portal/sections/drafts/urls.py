from django.urls import path, register_converter
from django.urls.converters import StringConverter

from aiqyn_portal.sections.drafts.views import (
    catalogue,
    categories,
    commenting,
    deciding,
    files,
    leading,
    preparing,
    programs,
    reading,
    reporting,
)


class Form(StringConverter):
    """The format of a text as part of an address."""

    regex = "akn|docx|pdf|html"


class Picture(StringConverter):
    """The format of a card."""

    regex = "svg|png"


register_converter(Form, "text_form")
register_converter(Picture, "picture_form")
app_name = "drafts"
ONE = "drafts/<slug:slug>/"
urlpatterns = [
    path("drafts/wrong-category/answer/", categories.answer_category, name="answer_category"),
    path("drafts/", catalogue.home, name="home"),
    path("drafts/work/", preparing.work, name="work"),
    path("drafts/decide/", deciding.decide_about, name="decide_about"),
    path("drafts/categories/<slug:code>/", catalogue.category, name="category"),
    path("drafts/bodies/<slug:code>/", catalogue.body, name="body"),
    path("drafts/bodies/<slug:code>/measures/", catalogue.measures, name="measures"),
    path("drafts/bodies/<slug:code>/new/", preparing.start, name="start"),
    path(ONE, reading.draft, name="draft"),
    path(f"{ONE}v<int:number>/", reading.version, name="version"),
    path(f"{ONE}v<int:older>-v<int:newer>/", reading.redline, name="redline"),
    path(f"{ONE}versions/", reading.choose_versions, name="versions"),
    path(f"{ONE}p/<int:key>/", commenting.paragraph, name="paragraph"),
    path(f"{ONE}comments/", commenting.comments, name="comments"),
    path(f"{ONE}report/", reporting.report, name="report"),
    path(f"{ONE}report/<int:number>/", reporting.report, name="report_of"),
    path(f"{ONE}kit/", leading.kit_page, name="kit"),
    path(f"{ONE}wrong-category/", categories.report_category, name="report_category"),
    path(f"{ONE}prepare/", preparing.prepare, name="prepare"),
    path(f"{ONE}texts/", preparing.texts, name="texts"),
    path(f"{ONE}preview/", preparing.preview, name="preview"),
    path(f"{ONE}passport/", preparing.passport, name="passport"),
    path(f"{ONE}attach/", preparing.attach, name="attach"),
    path(f"{ONE}attach/<int:pk>/remove/", preparing.detach, name="detach"),
    path(f"{ONE}open/", preparing.opening, name="open"),
    path(f"{ONE}new-version/", preparing.new_version, name="new_version"),
    path(f"{ONE}note/", preparing.note, name="note"),
    path(f"{ONE}publish-version/", preparing.publish_version, name="publish_version"),
    path(f"{ONE}give-up-version/", preparing.give_up_version, name="give_up_version"),
    path(f"{ONE}desk/", deciding.desk, name="desk"),
    path(f"{ONE}decide/", deciding.decide, name="decide"),
    path(f"{ONE}reflect/<str:number>/", deciding.reflect, name="reflect"),
    path(f"{ONE}extend/", leading.extend, name="extend"),
    path(f"{ONE}close/", leading.close, name="close"),
    path(f"{ONE}adopt/", leading.adopt, name="adopt"),
    path(f"{ONE}withdraw/", leading.withdraw, name="withdraw"),
    path(f"{ONE}meetings/new/", leading.meeting, name="meeting"),
    path(f"{ONE}meetings/<int:pk>/call-off/", leading.call_off, name="call_off"),
    path(f"{ONE}meetings/<int:pk>/minutes/", leading.minutes, name="minutes"),
]
FILE = "draft/<slug:slug>/"
plain_urlpatterns = [
    path("feeds/drafts.atom", programs.feed, name="drafts_feed"),
    path("feeds/drafts.<slug:language>.atom", programs.feed, name="drafts_feed_in"),
    path("api/drafts", programs.drafts_json, name="drafts_json"),
    path("api/drafts/<slug:slug>", programs.draft_json, name="draft_json"),
    path(FILE, reading.permanent, name="draft_permanent"),
    path(f"{FILE}v<int:number>/", reading.permanent_version, name="draft_version"),
    path(f"{FILE}p/<int:key>/", reading.permanent_paragraph, name="draft_paragraph"),
    path(f"{FILE}v<int:number>/<slug:language>.<text_form:ending>", files.text, name="draft_text"),
    path(f"{FILE}v<int:number>/<slug:language>/original", files.original, name="draft_original"),
    path(f"{FILE}files/<int:pk>", files.attachment, name="draft_attachment"),
    path(f"{FILE}card.<slug:language>.<picture_form:ending>", files.card, name="draft_card"),
    path(f"{FILE}report-<int:number>.csv", files.report_csv, name="draft_report_csv"),
    path(
        f"{FILE}report-<int:number>.<slug:language>.pdf", files.report_pdf, name="draft_report_pdf"
    ),
]
