"""The demonstration's worker: the example sites, and everything `manage.py worker` does.

`python -m aiqyn_portal` starts it beside the server, and it ends when the server does.
"""

import os
from contextlib import ExitStack

import django
from django.core.management import call_command

from aiqyn_portal.giving_way import give_way

# The example sites stand on this machine's own address; no other private address is opened.
LOOPBACK = "127.0.0.1/32"
RATE = "5"  # requests a second: nobody waits long, and the progress can be watched


def main() -> None:
    """Serve the example sites and work until the process that started this ends."""
    give_way()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aiqyn_portal.project.settings")
    os.environ.setdefault("AIQYN_AUDIT_NETWORKS", LOOPBACK)
    os.environ.setdefault("AIQYN_AUDIT_RATE", RATE)
    django.setup()
    with ExitStack() as stack:
        _open_example_sites(stack)
        call_command("worker", "--with-parent")


def _open_example_sites(stack: ExitStack) -> None:
    """Serve them, and let the registry name the addresses they have today."""
    from aiqyn_portal.bodies.models import Body  # noqa: PLC0415  after django.setup()
    from aiqyn_portal.demo.sites import SITES, served  # noqa: PLC0415

    for code, name in SITES.items():
        site = stack.enter_context(served(name))
        Body.objects.filter(code=code, is_example=True).update(site=site.url)


if __name__ == "__main__":
    main()
