"""Run a command beside a portal of its own with demo data, stopped and removed after it.

Usage: python -m tools.portal COMMAND [ARGUMENT …]

The command finds the portal's address in AIQYN_PORTAL and its data folder in AIQYN_VAR,
so that several processes of one test run share one portal.
"""

import os
import subprocess
import sys

from tools.portal_pages import PortalDidNotStart, served


def main(command: list[str]) -> int:
    """Run the command with the portal in its environment; return its exit code."""
    if not command:
        print(__doc__)
        return 2
    try:
        with served() as portal:
            named = {"AIQYN_PORTAL": portal.base, "AIQYN_VAR": str(portal.folder)}
            return subprocess.run(command, env=os.environ | named, check=False).returncode
    except PortalDidNotStart as problem:
        print(f"the portal did not start:\n{problem}", file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
