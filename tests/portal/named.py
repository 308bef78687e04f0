"""Names of pages that speak of the same thing, for `tests.portal.world`."""

AUDIT_PAGES = (
    *("site_audit:audit", "site_audit:agreement", "site_audit:pages", "site_audit:expert"),
    "site_audit:repairs",
)
AUDIT_REPORTS = tuple(f"audit_{shape}" for shape in ("json", "csv", "xlsx", "pdf"))
AUDIT_FILES = (*AUDIT_REPORTS, "audit_warc")
BODY_PAGES = tuple(f"site_audit:{name}" for name in ("body", "compare", "start", "schedule"))
DRAFT_PAGES = (
    *("draft_json", "draft_permanent"),
    *(
        f"drafts:{name}"
        for name in (
            *("draft", "versions", "comments", "report", "kit", "report_category", "prepare"),
            *("texts", "preview", "passport", "attach", "open", "new_version", "note"),
            *("publish_version", "give_up_version", "desk", "decide", "extend", "close"),
            *("adopt", "withdraw", "meeting"),
        )
    ),
)
SET_PAGES = (
    "discard",
    *("set", "quality", "prepare", "passport", "add_file", "problem"),
    *("note", "submit", "new_version", "withdraw"),
)
DATA_BODY_PAGES = (
    *("body", "body_quality", "demand", "start_survey"),
    *("start", "promise", "promise_list", "sources", "add_source"),
)
REUSE_PAGES = ("open_data:reuse", "open_data:take_reuse_back", "reuse_picture")
FILE_PAGES = ("draft_file", "columns", "remove_file", "hold")
FINDING_PAGES = tuple(f"site_audit:{name}" for name in ("finding", "carry", "recheck"))
ANSWER_PAGES = ("site_audit:agree", "site_audit:dispute")  # of one nobody has answered
