"""Auditing the site of a body and keeping what was seen and found."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

import aiqyn
from aiqyn.audit import Report, audit_site, edition_on
from aiqyn.fetch.crawl import Manifest, Progress, crawl
from aiqyn.fetch.http import Limits
from aiqyn.fetch.store import Store
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.models import Audit
from aiqyn_portal.evidence.store import keep_crawl, keep_findings
from aiqyn_portal.trail.actions import record

REGULATION = "sites"
