from django.urls import path

from aiqyn_portal.sections.site_audit.views import (
    audits,
    catalogue,
    expert,
    files,
    replies,
    runs,
)

app_name = "site_audit"
urlpatterns = [
    path("site-audit/", audits.audits, name="home"),
    path("site-audit/schedules/", runs.schedules, name="schedules"),
    path("site-audit/disputes/", replies.disputes, name="disputes"),
    path("site-audit/disputes/<int:pk>/", replies.ruling, name="ruling"),
    path("site-audit/runs/<int:pk>/", runs.run, name="run"),
    path("site-audit/runs/<int:pk>/cancel/", runs.cancel, name="cancel"),
    path("site-audit/bodies/<slug:code>/", audits.body, name="body"),
    path("site-audit/bodies/<slug:code>/compare/", audits.compare, name="compare"),
    path("site-audit/bodies/<slug:code>/run/", runs.start, name="start"),
    path("site-audit/bodies/<slug:code>/schedule/", runs.schedule, name="schedule"),
    path("site-audit/findings/<int:pk>/", audits.finding, name="finding"),
    path("site-audit/findings/<int:pk>/agree/", replies.agree, name="agree"),
    path("site-audit/findings/<int:pk>/dispute/", replies.dispute, name="dispute"),
    path("site-audit/findings/<int:pk>/carry/", replies.carry, name="carry"),
    path("site-audit/findings/<int:pk>/recheck/", replies.recheck, name="recheck"),
    path("audits/<int:pk>/", audits.audit, name="audit"),
    path("audits/<int:pk>/pages/", audits.pages, name="pages"),
    path("audits/<int:pk>/repairs/", audits.repairs, name="repairs"),
    path("audits/<int:pk>/agreement/", expert.agreement, name="agreement"),
    path("audits/<int:pk>/expert/", expert.expert, name="expert"),
    path("audits/<int:pk>/expert/<slug:part>/", expert.expert_part, name="expert_part"),
    path("rules/", catalogue.catalogue, name="rules"),
    path("rules/<slug:code>/", catalogue.rule, name="rule"),
]
plain_urlpatterns = [
    path("audits/<int:pk>.json", files.audit_json, name="audit_json"),
    path("audits/<int:pk>.csv", files.audit_csv, name="audit_csv"),
    path("audits/<int:pk>.xlsx", files.audit_xlsx, name="audit_xlsx"),
    path("audits/<int:pk>.pdf", files.audit_pdf, name="audit_pdf"),
    path("audits/<int:pk>.warc.gz", files.audit_warc, name="audit_warc"),
    path("site-audits.csv", files.families_csv, name="families_csv"),
]
