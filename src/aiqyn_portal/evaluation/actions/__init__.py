"""What evaluators and officers do; every action is one transaction and one line in the trail."""

from aiqyn_portal.evaluation.actions.answers import Judgement, answer
from aiqyn_portal.evaluation.actions.corrections import correct
from aiqyn_portal.evaluation.actions.objections import (
    Complaint,
    Verdict,
    answer_objection,
    file_objection,
)
from aiqyn_portal.evaluation.actions.published import load_published
from aiqyn_portal.evaluation.actions.rounds import (
    RoundPlan,
    gather,
    open_round,
    publish,
    send_to_bodies,
    standings,
)
from aiqyn_portal.evaluation.uploads import Attachment

__all__ = [
    "Attachment",
    "Complaint",
    "Judgement",
    "RoundPlan",
    "Verdict",
    "answer",
    "answer_objection",
    "correct",
    "file_objection",
    "gather",
    "load_published",
    "open_round",
    "publish",
    "send_to_bodies",
    "standings",
]
