"""Search, as a page and as JSON."""

from django.urls import URLPattern, URLResolver, path

from aiqyn_portal.search import views

app_name = "search"
urlpatterns: list[URLPattern | URLResolver] = [
    path("search/", views.results, name="results"),
    path("search/save/", views.save, name="save"),
    path("search/saved/<slug:digest>/", views.saved, name="saved"),
]
plain_urlpatterns: list[URLPattern | URLResolver] = [
    path("search.json", views.results_json, name="search_json"),
    path("search/words.json", views.completions_json, name="search_words_json"),
]
