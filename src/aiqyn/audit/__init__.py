"""Hold a site against one edition of a regulation.

Pages and documents are judged by a `Reader` as they come, in any order; rules
about the whole site follow when everything is there. Judged live or from kept
evidence, in whatever order, the findings are the same to the byte.
"""

from aiqyn.audit.cluster import on_cluster
from aiqyn.audit.ledger import judge
from aiqyn.audit.live import LiveReader
from aiqyn.audit.reader import NOBODY, Reader
from aiqyn.audit.report import Report, answered, report_of
from aiqyn.audit.shards import Shard, in_processes, judge_again, read_shard, remembering
from aiqyn.audit.whole import audit_site, gather
from aiqyn.regulations import Edition, edition_on, editions

__all__ = [
    "NOBODY",
    "Edition",
    "LiveReader",
    "Reader",
    "Report",
    "Shard",
    "answered",
    "audit_site",
    "edition_on",
    "editions",
    "gather",
    "in_processes",
    "judge",
    "judge_again",
    "on_cluster",
    "read_shard",
    "remembering",
    "report_of",
]
