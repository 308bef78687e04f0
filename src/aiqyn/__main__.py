"""`aiqyn`, and `python -m aiqyn`: the command; Ctrl-C in its first moment is no error to show."""

import sys

INTERRUPTED = 130  # what shells say of a program stopped by Ctrl-C


def main() -> None:
    """Read the commands, which takes a tenth of a second, and do what is asked."""
    try:
        from aiqyn.patterns import kept  # noqa: PLC0415  the reading itself may be stopped

        with kept("cli"):
            from aiqyn.cli import main as command  # noqa: PLC0415
        command(prog_name="aiqyn")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
