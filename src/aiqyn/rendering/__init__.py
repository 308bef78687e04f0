"""The browser: a sample of a crawl's pages is drawn and measured, and what was seen is kept.

    sample   which pages, by template
    door     every request of the browser goes through `fetch.http.Client`, or nowhere
    browser  Chromium, started and started again
    look     one page → `subjects.rendering.Drawn` and pictures
    render   the sample of one crawl, resumable, into its store and manifest

Judging needs none of it: rules of the kind "rendered" read what was kept.
"""

from aiqyn.rendering.missing import BrowserMissing, check_packages

check_packages()  # before anything of Playwright is imported

from aiqyn.rendering.browser import find  # noqa: E402
from aiqyn.rendering.render import Sampling, render  # noqa: E402

__all__ = ["BrowserMissing", "Sampling", "find", "render"]
