"""A site's folder → every file of its `public/`."""

from pathlib import Path

from tools.example_sites.documents import documents
from tools.example_sites.pages import read_site
from tools.example_sites.pictures import pictures
from tools.example_sites.render import Renderer, sitemap

SITES = Path(__file__).parents[2] / "examples" / "sites"


def built(folder: Path) -> dict[str, bytes]:
    """Return the files of a site by their path below public/.

    Raises ValueError when two sources write the same path.
    """
    site, pages = read_site(folder)
    renderer = Renderer.of(folder, site, pages)
    files: dict[str, bytes] = {}
    sources = (renderer.files(), documents(folder), pictures(folder), _static(folder))
    for name, content in (pair for source in sources for pair in source):
        if name in files:
            message = f"{folder}: {name} is written twice"
            raise ValueError(message)
        files[name] = content
    if site.sitemap:
        files["sitemap.xml"] = sitemap(renderer)
    if site.robots:
        files["robots.txt"] = site.robots.encode()
    return dict(sorted(files.items()))


def write(folder: Path, into: Path) -> int:
    """Write the site of `folder` below `into`, removing what no longer belongs there."""
    files = built(folder)
    for name, content in files.items():
        path = into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
    for path in into.rglob("*"):
        if path.is_file() and path.relative_to(into).as_posix() not in files:
            path.unlink()
    return len(files)


def _static(folder: Path) -> list[tuple[str, bytes]]:
    root = folder / "static"
    return [
        (path.relative_to(root).as_posix(), path.read_bytes())
        for path in sorted(root.rglob("*"))
        if path.is_file()
    ]
