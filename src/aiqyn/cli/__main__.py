"""`python -m aiqyn.cli` is `aiqyn`."""

from aiqyn.cli import main

main(prog_name="aiqyn")
