from django.urls import path

from aiqyn_portal.sections.open_data.views import catalogue, files

app_name = "open_data"
urlpatterns = [
    path("open-data/", catalogue.home, name="home"),
    path("open-data/sets/<slug:name>/", catalogue.dataset, name="set"),
    path("open-data/sets/<slug:name>/v<int:number>/", catalogue.version, name="version"),
]
plain_urlpatterns = [
    path("data/<slug:name>/", files.data_set, name="data_set"),
    path("data/<slug:name>/v<int:number>/", files.data_version, name="data_version"),
    path("data/<slug:name>/v<int:number>/<str:filename>", files.data_file, name="data_file"),
]
