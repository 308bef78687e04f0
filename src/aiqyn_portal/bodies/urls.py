from django.urls import path

from aiqyn_portal.bodies import views

app_name = "bodies"
urlpatterns = [
    path("manage/bodies/", views.manage, name="manage"),
    path("manage/bodies/new/", views.create, name="create"),
    path("manage/bodies/import/", views.import_file, name="import"),
    path("manage/bodies/template.csv", views.template, name="template"),
    path("manage/bodies/body/<slug:code>/", views.body, name="body"),
    path("manage/bodies/body/<slug:code>/edit/", views.edit, name="edit"),
    path("manage/bodies/body/<slug:code>/rename/", views.rename, name="rename"),
    path("manage/bodies/body/<slug:code>/close/", views.close, name="close"),
    path("manage/bodies/body/<slug:code>/accounts/new/", views.add_account, name="add_account"),
    path(
        "manage/bodies/body/<slug:code>/accounts/<int:pk>/remove/",
        views.remove_account,
        name="remove_account",
    ),
]
