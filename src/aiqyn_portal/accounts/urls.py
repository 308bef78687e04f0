from django.urls import path

from aiqyn_portal.accounts import views

app_name = "accounts"
urlpatterns = [
    path("manage/people/", views.people, name="people"),
    path("manage/people/new/", views.invite, name="invite"),
    path("manage/people/<int:pk>/", views.person, name="person"),
    path("manage/people/<int:pk>/switch/", views.switch, name="switch"),
    path("manage/roles/<int:pk>/revoke/", views.revoke, name="revoke"),
]
