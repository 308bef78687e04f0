"""What changes sets of data and what is said about them."""

from aiqyn_portal.sections.open_data.actions.asking import (
    Reply,
    answer_requests,
    ask_for_data,
    tell_problem,
)
from aiqyn_portal.sections.open_data.actions.demand import add_approved, count_use, fulfil
from aiqyn_portal.sections.open_data.actions.discarding import discard
from aiqyn_portal.sections.open_data.actions.files import (
    add_link,
    add_upload,
    carry_file,
    describe_columns,
    name_of_link,
    remove_file,
)
from aiqyn_portal.sections.open_data.actions.harvested import add_source, harvest_now, stop_source
from aiqyn_portal.sections.open_data.actions.ideas import (
    Decision,
    Proposal,
    answer_idea,
    propose,
)
from aiqyn_portal.sections.open_data.actions.lists import add_list
from aiqyn_portal.sections.open_data.actions.passports import (
    Passport,
    change_passport,
    start_set,
)
from aiqyn_portal.sections.open_data.actions.reading import read_file
from aiqyn_portal.sections.open_data.actions.reuses import (
    Made,
    decide_reuse,
    take_reuse_back,
    tell_reuse,
)
from aiqyn_portal.sections.open_data.actions.review import (
    decide_hold,
    release,
    send_back,
    submit,
    uncover,
)
from aiqyn_portal.sections.open_data.actions.surveys import (
    Question,
    publish_results,
    start_survey,
)
from aiqyn_portal.sections.open_data.actions.surveys import count as count_survey
from aiqyn_portal.sections.open_data.actions.telling import tell_followers
from aiqyn_portal.sections.open_data.actions.versions import set_note, start_version, withdraw

__all__ = [
    "Decision",
    "Made",
    "Passport",
    "Proposal",
    "Question",
    "Reply",
    "add_approved",
    "add_link",
    "add_list",
    "add_source",
    "add_upload",
    "answer_idea",
    "answer_requests",
    "ask_for_data",
    "carry_file",
    "change_passport",
    "count_survey",
    "count_use",
    "decide_hold",
    "decide_reuse",
    "describe_columns",
    "discard",
    "fulfil",
    "harvest_now",
    "name_of_link",
    "propose",
    "publish_results",
    "read_file",
    "release",
    "remove_file",
    "send_back",
    "set_note",
    "start_set",
    "start_survey",
    "start_version",
    "stop_source",
    "submit",
    "take_reuse_back",
    "tell_followers",
    "tell_problem",
    "tell_reuse",
    "uncover",
    "withdraw",
]
