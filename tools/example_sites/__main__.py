"""`python -m tools.example_sites [good poor …]`: write the sites' files."""

import sys

from tools.example_sites.build import SITES, write


def main(names: list[str]) -> None:
    for name in names or sorted(path.name for path in SITES.iterdir() if path.is_dir()):
        folder = SITES / name
        count = write(folder, folder / "public")
        sys.stdout.write(f"{name}: {count} files\n")


main(sys.argv[1:])
