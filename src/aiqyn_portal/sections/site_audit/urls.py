from django.urls import path

from aiqyn_portal.sections.site_audit import views

app_name = "site_audit"
urlpatterns = [
    path("site-audit/", views.audits, name="home"),
    path("audits/<int:pk>/", views.audit, name="audit"),
    path("rules/", views.catalogue, name="rules"),
    path("rules/<slug:code>/", views.rule, name="rule"),
]
plain_urlpatterns = [
    path("audits/<int:pk>.json", views.as_json, name="audit_json"),
    path("audits/<int:pk>.csv", views.as_csv, name="audit_csv"),
]
