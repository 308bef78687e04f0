"""Addresses of contributions. A number is "2026-000123"."""

from django.urls import URLPattern, URLResolver, path, register_converter

from aiqyn_portal.contributions.views import (
    data,
    ledger,
    moderation,
    office,
    one,
    signatures,
    similar,
    voice,
    writing,
)


class Number:
    """The number of a contribution in an address."""

    regex = r"\d{4}-\d{6,12}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Number, "number")

app_name = "contributions"
urlpatterns: list[URLPattern | URLResolver] = [
    path("contributions/write/<slug:kind>/<path:key>/", writing.write, name="write"),
    path("contributions/roots/", ledger.roots, name="roots"),
    path("contributions/signature/", signatures.check, name="signature"),
    path("contributions/rules/", moderation.rules, name="rules"),
    path("contributions/personal-data/", voice.personal_data, name="personal_data"),
    path("contributions/moderation/", moderation.queue, name="moderation"),
    path("contributions/appeals/<int:pk>/", moderation.appeal, name="decide_appeal"),
    path("contributions/<number:number>/", one.one, name="one"),
    path("contributions/<number:number>/support/", one.support, name="support"),
    path("contributions/<number:number>/withdraw/", one.withdraw, name="withdraw"),
    path("contributions/<number:number>/report/", one.report, name="report"),
    path("contributions/<number:number>/appeal/", one.appeal, name="appeal"),
    path("contributions/<number:number>/moderate/", moderation.moderate, name="moderate"),
    path("contributions/<number:number>/mask/", moderation.mask, name="mask"),
    path("account/voice/", voice.cabinet, name="cabinet"),
    path("account/voice/my-data.zip", voice.export, name="export"),
    path("account/voice/leave/", voice.leave, name="leave"),
    path("office/voices/", office.queue, name="queue"),
    path("office/voices/decide/", office.decide, name="decide"),
    path("office/voices/<number:number>/reflect/", office.reflect, name="reflect"),
]
plain_urlpatterns: list[URLPattern | URLResolver] = [
    path("contributions.json", data.listing, name="contributions_json"),
    path("contributions/similar.json", similar.similar, name="contributions_similar_json"),
    path("contributions/roots.json", ledger.roots_json, name="contribution_roots_json"),
    path("contributions/<number:number>.json", data.one, name="contribution_json"),
    path("contributions/<number:number>/receipt.json", ledger.receipt, name="contribution_receipt"),
]
