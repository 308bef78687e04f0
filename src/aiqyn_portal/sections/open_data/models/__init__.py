"""Sets of open data, what lies in them, and what people make of them."""

from aiqyn_portal.sections.open_data.models.asking import Problem, Request
from aiqyn_portal.sections.open_data.models.demand import Approved, Use
from aiqyn_portal.sections.open_data.models.files import Column, File, Hold
from aiqyn_portal.sections.open_data.models.harvested import Harvest, Harvested, Source
from aiqyn_portal.sections.open_data.models.ideas import Idea
from aiqyn_portal.sections.open_data.models.reuse import Reuse
from aiqyn_portal.sections.open_data.models.sets import Dataset, Standing, Version
from aiqyn_portal.sections.open_data.models.survey import Survey

__all__ = [
    "Approved",
    "Column",
    "Dataset",
    "File",
    "Harvest",
    "Harvested",
    "Hold",
    "Idea",
    "Problem",
    "Request",
    "Reuse",
    "Source",
    "Standing",
    "Survey",
    "Use",
    "Version",
]
