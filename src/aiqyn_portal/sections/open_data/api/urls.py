"""Addresses for programs: without a language, where clients of CKAN and DCAT look for them."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from aiqyn.exchange.dcat import WRITINGS
from aiqyn_portal.sections.open_data.api import documents, views


class Writing(StringConverter):
    """A writing of RDF as the ending of an address."""

    regex = "|".join(WRITINGS)


register_converter(Writing, "writing")
urlpatterns = [
    path("api/3/action/<str:name>", views.action, name="ckan_action"),
    path("api/action/<str:name>", views.action, name="ckan_action_old"),
    path("api/3", views.version, name="ckan_version_bare"),
    path("api/3/", views.version, name="ckan_version"),
    path("data/", documents.home, name="data_home"),
    path("catalog.<writing:writing>", documents.catalogue, name="dcat_catalogue"),
    path("data/<slug:name>.<writing:writing>", documents.one_set, name="dcat_set"),
    path("data/<slug:name>/datapackage.json", documents.package, name="data_package"),
    path("data/<slug:name>/schema.jsonld", documents.for_search_engines, name="data_schema"),
    path("feeds/data.atom", documents.changes, name="data_feed"),
    path("feeds/data.<slug:language>.atom", documents.changes, name="data_feed_in"),
]
