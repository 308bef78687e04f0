"""What changes audits and what is said about them."""

from aiqyn_portal.sections.site_audit.actions.audits import run_audit
from aiqyn_portal.sections.site_audit.actions.rechecks import ask_for_recheck, recheck
from aiqyn_portal.sections.site_audit.actions.reminding import remind
from aiqyn_portal.sections.site_audit.actions.replies import agree, carry_over, dispute, rule_on
from aiqyn_portal.sections.site_audit.actions.reviews import save_review
from aiqyn_portal.sections.site_audit.actions.runs import ask_for_run, cancel, carry_out
from aiqyn_portal.sections.site_audit.actions.schedules import set_schedule

__all__ = [
    "agree",
    "ask_for_recheck",
    "ask_for_run",
    "cancel",
    "carry_out",
    "carry_over",
    "dispute",
    "recheck",
    "remind",
    "rule_on",
    "run_audit",
    "save_review",
    "set_schedule",
]
