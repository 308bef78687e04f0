"""One crawl of a test site, and what it saw."""

from aiqyn.fetch.crawl import crawl
from tests.aiqyn.fetch.servers import hrefs_in, loopback


def visit(site, folder, *, read=hrefs_in, path="/", clock=None, **limits):
    options = {} if clock is None else {"clock": clock}
    return crawl(
        site.url(path), folder=str(folder), limits=loopback(**limits), read=read, **options
    )


def seen(manifest, site, *fields):
    """Address and fields of what was found by following links, in the manifest's order."""
    return [
        (one.url.removeprefix(site.url("")), *(getattr(one, field) for field in fields))
        for one in manifest.evidence
        if one.role not in {"robots", "sitemap", "probe"}
    ]
