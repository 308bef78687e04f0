from django.urls import URLPattern, URLResolver, path

from aiqyn_portal.notices import feeds, views

app_name = "notices"
urlpatterns: list[URLPattern | URLResolver] = [
    path("account/notices/", views.home, name="home"),
    path("account/notices/<int:pk>/", views.open_one, name="open"),
    path("account/notices/read/", views.read_all, name="read_all"),
    path("account/notices/follow/", views.follow, name="follow"),
    path("account/notices/settings/", views.settings, name="settings"),
    path("account/notices/feed/", views.feed_address, name="feed_address"),
    path("notices/by-email/", views.by_email, name="by_email"),
    path("notices/confirm/<str:token>/", views.confirm, name="confirm"),
    path("notices/stop/<str:token>/", views.stop, name="stop"),
]
plain_urlpatterns: list[URLPattern | URLResolver] = [
    path("notices/<str:key>.atom", feeds.feed, name="notices_feed"),
]
