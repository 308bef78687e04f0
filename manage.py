#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys

from django.core.management import execute_from_command_line

from aiqyn_portal.giving_way import give_way

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aiqyn_portal.project.settings")
    if sys.argv[1:2] == ["worker"]:  # from its first import on
        give_way()
    execute_from_command_line(sys.argv)
