"""Facts that are dear to work out and that few rules read: kept where one of them is asked.

A rule about the site that reads one says so in its YAML: `reads: [size]`. Where no rule of an
edition does, pages are not looked at for it, and the fact has the value of nothing found.
"""

EVERY = frozenset(
    {
        "size",  # languages.size
        "foreign",  # languages.foreign
        "trail",  # wayfinding.shows_trail
        "digest",  # health.digest
        "programmes",  # health.programmes
    }
)
