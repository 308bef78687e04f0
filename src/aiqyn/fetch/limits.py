"""How far, how fast and how politely we fetch."""

from msgspec import Struct

from aiqyn import __version__
from aiqyn.chain import prepare


class Limits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Defaults are safe for a stranger's server; zero means "no limit" only where said."""

    contact: str = ""  # e-mail or page of whoever runs the audit, told to every server
    obey_robots: bool = True

    # One request
    timeout_s: float = 30.0  # from request to last byte, every redirect anew
    connect_timeout_s: float = 10.0
    read_timeout_s: float = 15.0  # between two pieces of an answer
    max_bytes: int = 20_000_000  # of one body, as received and also as decompressed
    max_ratio: int = 200  # decompressed ÷ received beyond which it is a bomb
    max_redirects: int = 10

    # Manners
    per_host_per_second: float = 2.0  # requests; 0: no limit (own server, bench)
    per_host_at_once: int = 4  # requests in flight
    max_wait_s: float = 120.0  # longest Retry-After we obey by waiting
    retries: int = 2  # after 429 and 503

    # One crawl
    max_pages: int = 5_000  # pages and documents
    max_depth: int = 20  # clicks from the first page
    max_seconds: float = 4 * 3600.0
    max_links_per_page: int = 5_000  # hrefs looked at; the rest is cut and said
    max_external_links: int = 500  # addresses on other hosts checked; 0: none
    max_per_shape: int = 2_500  # addresses that differ by numbers alone: /news/1, /news/2
    max_per_calendar: int = 150  # addresses that differ by dates alone: /events/2026/11
    max_repeats: int = 4  # times one step may stand in a path: /a/b/a/b/a/b goes round in circles
    max_queries_per_path: int = 300  # distinct ?… of one path
    max_reading_s: float = 60.0  # one page in the reader, or its last word, in a worker process

    # Safety
    allow_private: bool = False  # private, loopback, link-local and metadata addresses too
    allowed_networks: tuple[str, ...] = ()  # "10.1.0.0/16": exceptions to the guard
    ca_file: str = ""  # extra root certificates, PEM

    @property
    def agent(self) -> str:
        """The User-Agent: what we are and, when known, whom to write to."""
        purpose = "openness audit of official sites"
        return f"Aiqyn/{__version__} ({'; '.join(filter(None, (purpose, self.contact)))})"


prepare(Limits)
