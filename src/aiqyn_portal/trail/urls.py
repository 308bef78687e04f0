from django.urls import path

from aiqyn_portal.trail import views

app_name = "trail"
urlpatterns = [path("manage/trail/", views.events, name="events")]
