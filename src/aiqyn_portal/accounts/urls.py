from django.urls import path

from aiqyn_portal.accounts import views

app_name = "accounts"
urlpatterns = [
    path("account/profile/", views.profile, name="profile"),
    path("account/keys/", views.tokens, name="tokens"),
    path("account/keys/<int:pk>/end/", views.end_token, name="end_token"),
    path("manage/people/", views.people, name="people"),
    path("manage/people/new/", views.invite, name="invite"),
    path("manage/people/<int:pk>/", views.person, name="person"),
    path("manage/people/<int:pk>/switch/", views.switch, name="switch"),
    path("manage/roles/<int:pk>/revoke/", views.revoke, name="revoke"),
]
