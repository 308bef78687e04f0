"""`manage.py audit_site BODY`: audit the official site of a body and keep the result."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from aiqyn.errors import AiqynError, FetchError
from aiqyn.fetch.crawl import Limits
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.site_audit import telling
from aiqyn_portal.sections.site_audit.actions import run_audit
from aiqyn_portal.sections.site_audit.queries import is_elsewhere
from aiqyn_portal.sections.site_audit.wording import what_to_do, why_failed


class Command(BaseCommand):
    help = "Audit the official site of a state body and keep evidence and findings."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("body", help="registry code, e.g. kz-akm-kyzylorda")
        parser.add_argument(
            "--start",
            help="address; default: the site in the registry; any other counts nowhere and is shut",
        )
        parser.add_argument("--on", type=date.fromisoformat, help="YYYY-MM-DD; default: today")
        parser.add_argument("--contact", default="", help="whom a site's owner may write to")
        parser.add_argument("--max-pages", type=int, default=Limits().max_pages)
        parser.add_argument("--rate", type=float, default=Limits().per_host_per_second)
        parser.add_argument(
            "--allow-private", action="store_true", help="addresses of this network"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        body = Body.objects.filter(code=options["body"]).first()
        if body is None:
            raise CommandError(f"{options['body']}: the registry knows no such body")
        start = options["start"] or body.site
        if not start:
            raise CommandError(f"{body.code}: the registry names no site; give --start")
        limits = Limits(
            contact=options["contact"],
            max_pages=options["max_pages"],
            per_host_per_second=options["rate"],
            allow_private=options["allow_private"],
        )
        # an address of an inner network is a body's site only where the registry says so
        other = is_elsewhere(body, start) or (options["allow_private"] and not body.site)
        day = options["on"] or localdate()
        try:
            audit = run_audit(body, start=start, as_of=day, limits=limits, is_elsewhere=other)
        except FetchError as problem:
            if not other:
                telling.could_not_be_read(body, problem.exact_cause)
            cause = problem.exact_cause
            advice = f"{why_failed(cause)} {what_to_do(cause)}"
            raise CommandError(f"{problem}\n{advice}") from problem
        except AiqynError as problem:
            raise CommandError(str(problem)) from problem
        telling.audited(audit)
        self.stdout.write(f"audit {audit.pk}: {audit.pages} pages, {audit.documents} documents")
