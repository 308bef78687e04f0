"""Statements of a graph added up without keeping them: things described, and where they lead."""

from collections import Counter
from hashlib import blake2b

from aiqyn.subjects.datafile.addresses import MOST, host_of
from aiqyn.subjects.datafile.limits import Limits
from aiqyn.subjects.datafile.model import Links

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
MOST_HOSTS = 10_000  # told apart
PRINT = 12  # bytes


class TooMany(Exception):
    """The graph has more statements than the limit."""


class Statements:
    """Adds up statements; a statement of type leads to a word, not to somebody's data."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.count = 0
        self._subjects: set[bytes] = set()  # prints: names themselves may be long, and many
        self._named: set[bytes] = set()
        self._hosts: Counter[str] = Counter()  # of things described
        self._leads: Counter[tuple[str, str]] = Counter()  # from host to host
        self._samples: dict[str, dict[str, None]] = {}

    def add(self, subject: str, predicate: str, address: str) -> None:
        """Count one statement. `address` is what it leads to, "" for a value or a blank node.

        Raises TooMany.
        """
        self.count += 1
        if self.count > self.limits.triples:
            raise TooMany
        host = host_of(subject)
        said = blake2b(subject.encode(errors="surrogatepass"), digest_size=PRINT).digest()
        self._subjects.add(said)
        if host:
            self._named.add(said)
            self._hosts[host] += 1
        if address and predicate != TYPE:
            self._lead(host, address)

    def _lead(self, host: str, address: str) -> None:
        to = host_of(address)
        if to and len(self._leads) < MOST_HOSTS:
            self._leads[host, to] += 1
            sample = self._samples.setdefault(to, {})
            if len(sample) < MOST:
                sample[address] = None

    def links(self, *, is_graph: bool) -> Links:
        """Return what was seen; the host most things have is the file's own."""
        own = self._hosts.most_common(1)[0][0] if self._hosts else ""
        outward: Counter[str] = Counter()
        for (host, to), count in self._leads.items():
            if to not in (host, own):
                outward[to] += count
        sample = [address for host, _ in outward.most_common() for address in self._samples[host]]
        return Links(
            is_graph=is_graph,
            triples=min(self.count, self.limits.triples),
            subjects=len(self._subjects),
            named=len(self._named),
            outward=outward.total(),
            hosts=tuple(host for host, _ in outward.most_common(MOST)),
            sample=tuple(sample[:MOST]),
        )
