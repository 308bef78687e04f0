"""Address schemes: how a site names its pages."""

from tools.planting.model import Site

_RUSSIAN = {
    "about": "o-nas", "structure": "struktura", "leaders": "rukovodstvo",
    "subordinate": "podvedomstvennye", "territorial": "territorialnye",
    "competence": "kompetenciya",
    "legal_acts": "npa", "drafts": "proekty-npa", "appointments": "kadry", "vacancies": "vakansii",
    "procurement": "goszakupki", "budget": "byudzhet", "effectiveness": "effektivnost",
    "strategy": "strategiya", "programmes": "programmy", "analytics": "analitika",
    "leader_reports": "otchety", "speeches": "vystupleniya", "statistics": "statistika",
    "services": "gosuslugi", "appeals": "obrascheniya", "reviews": "obzor", "reception": "priem",
    "anti_corruption": "antikorrupciya", "faq": "voprosy",
    "open_government": "otkrytoe-pravitelstvo",
    "contacts": "kontakty", "symbols": "simvoly", "addresses": "poslanie", "geoportal": "karta",
    "emergency": "telefony", "sitemap": "karta-sayta", "search": "poisk", "news": "novosti",
}  # fmt: skip
_COUNTRY = {"kk": "kz", "ru": "ru", "en": "en"}  # the mistake of half the country


def page_address(site: Site, key: str, language: str) -> str:
    """Return the path of a page from the root, its query included."""
    return _SCHEMES[site.scheme](site, _slug(site, key), language)


def document_address(site: Site, name: str) -> str:
    folder = {"folders": "files", "files": "docs", "codes": "uploads", "query": "upload"}
    return f"/{folder.get(site.scheme, 'storage')}/{site.as_of.year}/{name}"


def _slug(site: Site, key: str) -> str:
    if key == "home":
        return ""
    first, _, rest = key.partition("/")
    first = _RUSSIAN.get(first, first) if site.slug_language == "ru" else first.replace("_", "-")
    return f"{first}/{rest}" if rest else first


def _folders(site: Site, slug: str, language: str) -> str:
    return f"/{language}/{slug}/" if slug else f"/{language}/"


def _files(site: Site, slug: str, language: str) -> str:
    if not slug:
        return "/" if language == site.home else f"/{language}/"
    return f"/{language}/{slug}.html"


def _codes(site: Site, slug: str, language: str) -> str:
    return f"/{_COUNTRY[language]}/{slug}".rstrip("/")


def _query(site: Site, slug: str, language: str) -> str:
    if not slug:
        return "/" if language == site.home else f"/?lang={language}"
    first, _, rest = slug.partition("/")
    return f"/{first}.php?{f'id={rest}&' if rest else ''}lang={language}"


def _short(site: Site, slug: str, language: str) -> str:
    if language == site.home:
        return f"/{slug}"
    return f"/{language}/{slug}".rstrip("/")


_SCHEMES = {
    "folders": _folders,
    "files": _files,
    "codes": _codes,
    "query": _query,
    "short": _short,
}
