"""Which role sees which page: a new address needs its line here."""

import os
from typing import NamedTuple

from tests.portal.named import AUDIT_FILES

# rights depend on no language, words on no database; English is walked by the browser
LANGUAGES = ("kk",) if os.environ.get("DATABASE_URL", "").startswith("postgres") else ("kk", "ru")
ROLES = ("anonymous", "citizen", "officer", "evaluator", "administrator")


class Access(NamedTuple):
    """The status each role is answered with, in the order of ROLES."""

    anonymous: int
    citizen: int
    officer: int
    evaluator: int
    administrator: int


def only(role: str, status: int = 200) -> Access:
    """Strangers are sent to sign in, other roles refused, `role` gets `status`."""
    given = {"anonymous": 302, role: status}
    return Access(*(given.get(name, 403) for name in ROLES))


EVERYBODY = Access(200, 200, 200, 200, 200)
SIGNED_IN = Access(302, 200, 200, 200, 200)
SIGNED_OUT = Access(200, 302, 302, 302, 302)  # pages that make no sense once signed in
AWAY = Access(302, 302, 302, 302, 302)  # leads elsewhere, whoever asks
NOTHING_SET_UP = Access(302, 404, 404, 404, 404)  # nobody here has a second factor
ABSENT = Access(404, 404, 404, 404, 404)
PARTICIPANTS = Access(302, 403, 200, 200, 200)  # for the own body only
AUDITORS = Access(302, 403, 403, 200, 200)
EVALUATOR, OFFICER, ADMINISTRATOR = only("evaluator"), only("officer"), only("administrator")

PAGES: dict[str, Access] = {
    # reports: open to everybody
    "reports:home": EVERYBODY,
    "reports:ratings": EVERYBODY,
    "reports:league": EVERYBODY,
    "reports:why": EVERYBODY,
    "reports:bodies": EVERYBODY,
    "reports:body": EVERYBODY,
    "reports:methodologies": EVERYBODY,
    "reports:methodology": EVERYBODY,
    "reports:difference": EVERYBODY,
    "reports:indices": EVERYBODY,
    "reports:index": EVERYBODY,
    "reports:compare": EVERYBODY,
    "reports:api_guide": EVERYBODY,
    "search:results": EVERYBODY,
    "search:save": Access(302, 405, 405, 405, 405),
    "search:saved": ABSENT,  # nobody has saved this one
    # site audit and evidence: open to everybody
    "site_audit:home": EVERYBODY,
    "site_audit:audit": EVERYBODY,
    "site_audit:agreement": EVERYBODY,
    "site_audit:pages": EVERYBODY,
    "site_audit:repairs": EVERYBODY,
    "site_audit:body": EVERYBODY,
    "site_audit:compare": EVERYBODY,
    "site_audit:finding": EVERYBODY,
    "site_audit:rules": EVERYBODY,
    "site_audit:rule": EVERYBODY,
    "evidence:snapshot": EVERYBODY,
    "evidence:raw": EVERYBODY,
    # site audit: watched by whom it concerns, answered by the body, decided by auditors
    "site_audit:run": PARTICIPANTS,
    "site_audit:start": Access(302, 403, 405, 405, 405),
    "site_audit:cancel": Access(302, 403, 405, 405, 405),
    "site_audit:carry": Access(302, 403, 403, 405, 405),
    "site_audit:recheck": Access(302, 403, 405, 405, 405),
    "site_audit:agree": OFFICER,
    "site_audit:dispute": OFFICER,
    "site_audit:schedules": AUDITORS,
    "site_audit:schedule": AUDITORS,
    "site_audit:disputes": AUDITORS,
    "site_audit:ruling": AUDITORS,
    "site_audit:expert": AUDITORS,
    "site_audit:expert_part": AUDITORS,
    # open data: open to everybody
    "open_data:home": EVERYBODY,
    "open_data:set": EVERYBODY,
    "open_data:version": EVERYBODY,
    "open_data:file": EVERYBODY,
    "open_data:body": EVERYBODY,
    "open_data:quality": EVERYBODY,
    "open_data:body_quality": EVERYBODY,
    "open_data:chart": ABSENT,  # the file of the table has no rows to draw
    "open_data:embed": ABSENT,
    "open_data:difference": ABSENT,  # the set of the table has one version
    "open_data:elsewhere": EVERYBODY,
    "open_data:harvested": EVERYBODY,
    "open_data:source": EVERYBODY,
    "open_data:sources": EVERYBODY,
    "open_data:add_source": PARTICIPANTS,
    "open_data:switch_source": Access(302, 403, 405, 405, 405),
    "open_data:requests": EVERYBODY,
    "open_data:old_vote": AWAY,
    "open_data:old_answer": AWAY,
    "open_data:old_problem": AWAY,
    "open_data:request": EVERYBODY,
    "open_data:ask": SIGNED_IN,
    "open_data:problem": SIGNED_IN,
    "open_data:demand": EVERYBODY,
    "open_data:start_survey": OFFICER,
    "open_data:survey_results": OFFICER,
    "open_data:ideas": EVERYBODY,
    "open_data:idea": EVERYBODY,
    "open_data:propose_idea": SIGNED_IN,
    "open_data:answer_idea": only("officer", 404),  # no idea is named
    "open_data:reuses": EVERYBODY,
    "open_data:reuse": EVERYBODY,
    "open_data:tell_reuse": SIGNED_IN,
    "open_data:take_reuse_back": Access(302, 405, 405, 405, 405),
    "open_data:answer": only("officer", 404),  # no request is named
    # open data: prepared by the body, reviewed by moderators
    "open_data:work": PARTICIPANTS,
    "open_data:draft_file": PARTICIPANTS,
    "open_data:hold": PARTICIPANTS,
    "open_data:withdraw": PARTICIPANTS,
    "open_data:discard": only("officer", 404),  # the set of the table was published
    "open_data:fulfil": PARTICIPANTS,
    "open_data:start": OFFICER,
    "open_data:prepare": OFFICER,
    "open_data:passport": OFFICER,
    "open_data:columns": OFFICER,
    "open_data:add_file": only("officer", 405),
    "open_data:remove_file": only("officer", 405),
    "open_data:note": only("officer", 405),
    "open_data:submit": only("officer", 405),
    "open_data:new_version": only("officer", 405),
    "open_data:review": AUDITORS,
    "open_data:promise": AUDITORS,
    "open_data:promise_list": AUDITORS,
    # draft acts: open to everybody
    "drafts:home": EVERYBODY,
    "drafts:category": AWAY,
    "drafts:body": EVERYBODY,
    "drafts:measures": EVERYBODY,
    "drafts:draft": EVERYBODY,
    "drafts:version": EVERYBODY,
    "drafts:redline": EVERYBODY,
    "drafts:versions": AWAY,
    "drafts:paragraph": EVERYBODY,
    "drafts:comments": EVERYBODY,
    "drafts:report": EVERYBODY,
    "drafts:report_of": EVERYBODY,
    "drafts:kit": EVERYBODY,
    "drafts:report_category": EVERYBODY,
    # draft acts: prepared, led and decided by the body
    "drafts:work": PARTICIPANTS,
    "drafts:start": OFFICER,
    "drafts:prepare": OFFICER,
    "drafts:texts": OFFICER,
    "drafts:preview": OFFICER,
    "drafts:passport": OFFICER,
    "drafts:attach": OFFICER,
    "drafts:open": OFFICER,
    "drafts:detach": only("officer", 405),
    "drafts:new_version": only("officer", 405),
    "drafts:note": only("officer", 405),
    "drafts:publish_version": only("officer", 405),
    "drafts:give_up_version": only("officer", 405),
    "drafts:desk": OFFICER,
    "drafts:decide": only("officer", 302),  # nothing is chosen
    "drafts:decide_about": only("officer", 302),
    "drafts:reflect": OFFICER,
    "drafts:extend": OFFICER,
    "drafts:close": only("officer", 405),
    "drafts:adopt": OFFICER,
    "drafts:withdraw": OFFICER,
    "drafts:meeting": OFFICER,
    "drafts:call_off": OFFICER,
    "drafts:minutes": OFFICER,
    "drafts:answer_category": only("officer", 404),  # no report is named
    # dialogue: open to everybody
    "dialogue:home": EVERYBODY,
    "dialogue:body": EVERYBODY,
    "dialogue:measures": EVERYBODY,
    "dialogue:head": EVERYBODY,
    "dialogue:questions": EVERYBODY,
    "dialogue:question": EVERYBODY,
    "dialogue:conferences": EVERYBODY,
    "dialogue:conference": EVERYBODY,
    "dialogue:commitments": EVERYBODY,
    "dialogue:commitment": EVERYBODY,
    # dialogue: marked by who asked, led by the body
    "dialogue:mark": only("citizen"),
    "dialogue:work": OFFICER,
    "dialogue:answer": only("officer", 404),  # no question is named
    "dialogue:pass_on": OFFICER,
    "dialogue:promise": OFFICER,
    "dialogue:promise_at": OFFICER,
    "dialogue:appoint": OFFICER,
    "dialogue:present": OFFICER,
    "dialogue:announce": OFFICER,
    "dialogue:call_off": OFFICER,
    "dialogue:results": OFFICER,
    "dialogue:move": OFFICER,
    "dialogue:news": OFFICER,
    "dialogue:drop": OFFICER,
    # what people say
    "contributions:write": SIGNED_IN,
    "contributions:roots": EVERYBODY,
    "contributions:rules": EVERYBODY,
    "contributions:personal_data": EVERYBODY,
    "contributions:signature": EVERYBODY,
    "contributions:one": EVERYBODY,
    "contributions:support": Access(302, 405, 405, 405, 405),
    "contributions:report": SIGNED_IN,
    "contributions:withdraw": only("citizen"),  # who wrote it
    "contributions:appeal": only("citizen"),
    "contributions:cabinet": SIGNED_IN,
    "contributions:export": SIGNED_IN,
    "contributions:leave": SIGNED_IN,
    "contributions:moderation": AUDITORS,
    "contributions:moderate": AUDITORS,
    "contributions:mask": AUDITORS,
    "contributions:decide_appeal": AUDITORS,
    "contributions:queue": OFFICER,
    "contributions:decide": only("officer", 302),  # nothing is chosen
    "contributions:reflect": OFFICER,
    "grouping:how": EVERYBODY,
    "grouping:copies": EVERYBODY,
    "grouping:proposals": OFFICER,
    "grouping:proposal": OFFICER,
    # evaluation
    "evaluation:rounds": EVALUATOR,
    "evaluation:open_round": EVALUATOR,
    "evaluation:round": EVALUATOR,
    "evaluation:gather": only("evaluator", 405),
    "evaluation:send": EVALUATOR,
    "evaluation:publish": EVALUATOR,
    "evaluation:next_question": only("evaluator", 302),
    "evaluation:entry": EVALUATOR,
    "evaluation:question": EVALUATOR,
    "evaluation:correct": EVALUATOR,
    "evaluation:objections": EVALUATOR,
    "evaluation:answer_objection": EVALUATOR,
    "evaluation:answer_file": Access(302, 403, 200, 200, 403),
    "evaluation:objection_file": Access(302, 403, 200, 200, 403),
    "evaluation:office": OFFICER,
    "evaluation:result": OFFICER,
    "evaluation:object": OFFICER,
    # due dates: how each was computed is open to everybody, changing one is the body's
    "deadlines:calculator": EVERYBODY,
    "deadlines:this_year": AWAY,
    "deadlines:year": EVERYBODY,
    "deadlines:terms": EVERYBODY,
    "deadlines:deadline": EVERYBODY,
    "deadlines:body": EVERYBODY,
    "deadlines:office": OFFICER,
    "deadlines:new_feed": Access(302, 405, 405, 405, 405),
    "deadlines:extend": OFFICER,
    "deadlines:suspend": OFFICER,
    "deadlines:resume": OFFICER,
    "deadlines:hand_over": OFFICER,
    "deadlines:assign": OFFICER,
    "deadlines:days": ADMINISTRATOR,
    "deadlines:withdraw_day": only("administrator", 405),
    "deadlines:term": ADMINISTRATOR,
    "deadlines:head": ADMINISTRATOR,
    "deadlines_of_body": EVERYBODY,
    "deadlines_of_person": EVERYBODY,  # whoever has the secret address
    # everybody's own notices; letters lead strangers here too
    "notices:home": SIGNED_IN,
    "notices:open": Access(302, 404, 404, 302, 404),  # the evaluator's own
    "notices:read_all": Access(302, 405, 405, 405, 405),
    "notices:follow": Access(302, 405, 405, 405, 405),
    "notices:settings": SIGNED_IN,
    "notices:feed_address": Access(302, 405, 405, 405, 405),
    "notices:by_email": ABSENT,  # no topic is named
    "notices:confirm": EVERYBODY,
    "notices:stop": EVERYBODY,
    "notices_feed": EVERYBODY,
    # everybody's own name and keys
    "accounts:profile": SIGNED_IN,
    "accounts:tokens": SIGNED_IN,
    "accounts:end_token": Access(302, 405, 405, 405, 405),
    # administration
    "accounts:people": ADMINISTRATOR,
    "accounts:invite": ADMINISTRATOR,
    "accounts:person": ADMINISTRATOR,
    "accounts:switch": ADMINISTRATOR,
    "accounts:revoke": ADMINISTRATOR,
    "bodies:manage": ADMINISTRATOR,
    "bodies:create": ADMINISTRATOR,
    "bodies:import": ADMINISTRATOR,
    "bodies:template": ADMINISTRATOR,
    "bodies:body": ADMINISTRATOR,
    "bodies:edit": ADMINISTRATOR,
    "bodies:rename": ADMINISTRATOR,
    "bodies:close": ADMINISTRATOR,
    "bodies:add_account": ADMINISTRATOR,
    "bodies:remove_account": only("administrator", 405),
    "trail:events": ADMINISTRATOR,
    # sign-in
    "account_login": SIGNED_OUT,
    "account_signup": SIGNED_OUT,
    "account_logout": Access(302, 200, 200, 200, 200),
    "account_inactive": EVERYBODY,
    "account_email_verification_sent": EVERYBODY,
    "account_confirm_email": EVERYBODY,
    "account_reset_password": EVERYBODY,
    "account_reset_password_done": EVERYBODY,
    "account_reset_password_from_key": EVERYBODY,
    "account_reset_password_from_key_done": EVERYBODY,
    "account_reauthenticate": SIGNED_IN,
    "account_email": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": AWAY,  # everybody here has a password: leads to changing it
    "account_confirm_login_code": AWAY,  # signing in by a mailed code is switched off
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": AWAY,  # only in the middle of signing in
    "mfa_reauthenticate": AWAY,  # no second factor is set up here
    "mfa_activate_totp": AWAY,  # asks for the password first
    "mfa_deactivate_totp": NOTHING_SET_UP,
    "mfa_view_recovery_codes": NOTHING_SET_UP,
    "mfa_generate_recovery_codes": AWAY,
    "mfa_download_recovery_codes": NOTHING_SET_UP,
    "socialaccount_login_cancelled": EVERYBODY,
    "socialaccount_login_error": Access(401, 401, 401, 401, 401),
    "socialaccount_signup": AWAY,  # only on the way back from a provider
    "socialaccount_connections": SIGNED_IN,
    "usersessions_list": SIGNED_IN,
    "openid_connect_login": ABSENT,  # no provider is set up here
    "openid_connect_callback": ABSENT,
    # addresses without a language
    "": AWAY,  # "/" leads to the first page in Kazakh; the icon has no name either
    "health": EVERYBODY,
    "robots": EVERYBODY,
    "search_json": EVERYBODY,
    "search_words_json": EVERYBODY,
    "sitemap": EVERYBODY,
    "contributions_json": EVERYBODY,
    "contributions_similar_json": EVERYBODY,
    "contribution_roots_json": EVERYBODY,
    "contribution_json": EVERYBODY,
    "contribution_receipt": EVERYBODY,
    "drafts_feed": EVERYBODY,
    "drafts_feed_in": EVERYBODY,
    "drafts_json": EVERYBODY,
    "draft_json": EVERYBODY,
    "draft_permanent": AWAY,  # to the page in the reader's language
    "draft_version": AWAY,
    "draft_paragraph": AWAY,
    "draft_text": EVERYBODY,
    "draft_original": EVERYBODY,
    "draft_attachment": EVERYBODY,
    "draft_card": EVERYBODY,
    "draft_report_csv": ABSENT,  # the discussion of the table goes on
    "draft_report_pdf": ABSENT,
    "data_set": AWAY,  # to the page in the reader's language
    "data_version": AWAY,
    "data_file": EVERYBODY,
    "data_home": AWAY,
    "data_table": ABSENT,
    "reuse_picture": ABSENT,  # what was made comes without one
    "difference_csv": ABSENT,  # the set of the table has one version
    "ckan_action": EVERYBODY,
    "ckan_action_old": EVERYBODY,
    "ckan_version": EVERYBODY,
    "ckan_version_bare": EVERYBODY,
    "dcat_catalogue": EVERYBODY,
    "dcat_set": EVERYBODY,
    "data_package": EVERYBODY,
    "data_schema": EVERYBODY,
    "data_feed": EVERYBODY,
    "data_feed_in": EVERYBODY,
    "data_ideas_feed": EVERYBODY,
    **dict.fromkeys(AUDIT_FILES, EVERYBODY),
    "evidence_picture": ABSENT,  # a picture is shown as one only when its bytes are
    "families_csv": EVERYBODY,
    "league_csv": EVERYBODY,
    "league_csv_metadata": EVERYBODY,
    "league_json": EVERYBODY,
    "league_xlsx": EVERYBODY,
    "findings_json": EVERYBODY,
    "ratings_feed": EVERYBODY,
    "ratings_feed_in": EVERYBODY,
    "api_docs": AWAY,
    "api:openapi-json": EVERYBODY,
    "api:bodies": EVERYBODY,
    "api:body": EVERYBODY,
    "api:rounds": EVERYBODY,
    "api:round_": EVERYBODY,
    "api:ratings": EVERYBODY,
    "api:rating": EVERYBODY,
    "api:findings": EVERYBODY,
    "api:methodologies_": EVERYBODY,
    "api:methodology": EVERYBODY,
    "api:indices": EVERYBODY,
    "api:index": EVERYBODY,
    "api:api-root": AWAY,
    "no_such_api": ABSENT,
}
