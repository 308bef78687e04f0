"""The public pages; `plain_urlpatterns` are the addresses that speak no language."""

from django.urls import URLPattern, URLResolver, path

from aiqyn_portal.reports import feeds
from aiqyn_portal.reports.api import api
from aiqyn_portal.reports.views import (
    bodies,
    comparison,
    files,
    home,
    indices,
    methodologies,
    ratings,
)

app_name = "reports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("ratings/", ratings.ratings, name="ratings"),
    path("ratings/<slug:round_code>/", ratings.league_page, name="league"),
    path("ratings/<slug:round_code>/<slug:body_code>/", ratings.why_page, name="why"),
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/<slug:code>/", bodies.body, name="body"),
    path("methodologies/", methodologies.methodologies, name="methodologies"),
    path("methodologies/<slug:code>/", methodologies.methodology, name="methodology"),
    path("methodologies/<slug:older>/<slug:newer>/", methodologies.difference, name="difference"),
    path("indices/", indices.indices, name="indices"),
    path("indices/<slug:code>/", indices.index, name="index"),
    path("compare/", comparison.comparison, name="compare"),
    path("api/", files.api_guide, name="api_guide"),
]
plain_urlpatterns: list[URLPattern | URLResolver] = [
    path("ratings/<slug:round_code>.csv", files.league_csv, name="league_csv"),
    path(
        "ratings/<slug:round_code>.csv-metadata.json",
        files.league_csv_metadata,
        name="league_csv_metadata",
    ),
    path("ratings/<slug:round_code>.json", files.league_json, name="league_json"),
    path("ratings/<slug:round_code>.xlsx", files.league_xlsx, name="league_xlsx"),
    path(
        "ratings/<slug:round_code>/<slug:body_code>/findings.json",
        files.findings_json,
        name="findings_json",
    ),
    path("feeds/ratings.atom", feeds.ratings, name="ratings_feed"),
    path("feeds/ratings.<slug:language>.atom", feeds.ratings, name="ratings_feed_in"),
    path("robots.txt", files.robots, name="robots"),
    path("sitemap.xml", files.sitemap, name="sitemap"),
    path("api/docs", files.api_docs, name="api_docs"),
    path("api/", api.urls),
    path("api/<path:rest>", files.no_such_api, name="no_such_api"),
]
