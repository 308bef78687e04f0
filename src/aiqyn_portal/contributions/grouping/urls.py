"""Addresses of grouping; the numbers of contributions are an address of theirs."""

from django.urls import URLPattern, URLResolver, path

from aiqyn_portal.contributions import urls  # noqa: F401  registers <number:…>
from aiqyn_portal.contributions.grouping import views

app_name = "grouping"
urlpatterns: list[URLPattern | URLResolver] = [
    path("contributions/how-we-group/", views.how, name="how"),
    path("contributions/<number:number>/copies/", views.copies, name="copies"),
    path("office/voices/copies/", views.proposals, name="proposals"),
    path("office/voices/copies/<int:pk>/", views.proposal, name="proposal"),
]
