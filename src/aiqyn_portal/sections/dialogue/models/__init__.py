"""What is kept of the dialogue between citizens and heads of bodies."""

from aiqyn_portal.sections.dialogue.models.commitments import Commitment, CommitmentStep
from aiqyn_portal.sections.dialogue.models.conferences import Conference
from aiqyn_portal.sections.dialogue.models.heads import Head
from aiqyn_portal.sections.dialogue.models.questions import Answer, AnswerFile, Mark, Question

__all__ = [
    "Answer",
    "AnswerFile",
    "Commitment",
    "CommitmentStep",
    "Conference",
    "Head",
    "Mark",
    "Question",
]
