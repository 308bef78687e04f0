"""Defects of mandatory content."""

import re
from random import Random

from aiqyn.subjects.sections import sections, sections_aside
from tools.planting import defects
from tools.planting.changes import replaced
from tools.planting.model import Site
from tools.planting.planting import CONTENT, Sown, Unfit, plant
from tools.planting.words import fill, texts

DEMANDED = (
    "about", "structure", "leaders", "subordinate", "territorial", "legal_acts", "drafts",
    "services",
)  # fmt: skip
OTHERS = ("vacancies", "procurement", "analytics", "faq", "emergency", "competence")
ONE_SENTENCE = {
    "kk": "Бұл бет дайындалуда. Мәліметтер жақын арада жарияланады, қазір бөлім толтырылып жатыр, "
    "сондықтан біраз уақыттан кейін қайта келіп көріңіз.",
    "ru": "Страница готовится. Сведения появятся в ближайшее время, раздел сейчас наполняется, "
    "поэтому зайдите сюда ещё раз немного позже.",
    "en": "The page is being prepared. Details will appear soon, this section is being filled at "
    "the moment, so please come back a little later.",
}
NEWS = ("S005", "S014", "S024", "S030")


def _gone(site: Site, keys: tuple[str, ...]) -> None:
    for key in keys:
        site.remove(key)
    defects.write_lists(site)


def _emptied(site: Site, key: str) -> None:
    for page in site.versions(key):
        page.body = [f"<p>{ONE_SENTENCE[page.language]}</p>"]
        page.flaws["emptied"] = True


@plant("S004", also=CONTENT, group="sections")
def section_is_missing(site: Site, random: Random) -> Sown:
    kind = site.body.kind
    asked = [key for key in DEMANDED if not (kinds := sections()[key].kinds) or kind in kinds]
    _gone(site, (random.choice(asked),))
    return None


@plant("S004", also=("S011", "S073", "S074", "S075", "S076", "S077"), group="sections contacts")
def contacts_are_missing(site: Site, random: Random) -> Sown:
    _gone(site, ("contacts",))
    return None


@plant("S004", also=(*CONTENT, "S073", "S078", "S079"), group="sections reviews")
def appeals_are_missing(site: Site, random: Random) -> Sown:
    """Questions and answers would tell of appeals, as days of reception would, so they go too."""
    _gone(site, ("appeals", "reception", "faq"))
    return None


@plant("S004", also=(*NEWS, "S062", "S066", "S073"), group="sections news prose search")
def news_are_missing(site: Site, random: Random) -> Sown:
    """No list and no piece of news; the first page may still promise them."""
    for page in [page for page in site.pages.values() if page.is_news]:
        site.remove(page.key)
    _gone(site, ("news",))
    for page in site.versions("home"):
        page.flaws["no_latest"] = random.random() < 0.5
    return None


@plant("S004", also=("S048",), group="sections")
def appointments_are_missing(site: Site, random: Random) -> Sown:
    """A page of vacancies would tell of both, so it goes too."""
    _gone(site, ("appointments", "vacancies"))
    return None


@plant("S004", also=("S035", "S022", "S089", "S032"), group="sections")
def units_are_not_told(site: Site, random: Random) -> Sown:
    """No page names the units, and the structure that names them elsewhere is one sentence."""
    _emptied(site, "structure")
    return None


@plant("S010", group="symbols")
def state_symbols_are_not_shown(site: Site, random: Random) -> Sown:
    site.flaws["no_symbols"] = True
    site.remove("symbols")
    return None


@plant("S035", also=("P020", "S022", "S089", "S031", "S032", "S092"), group="sections")
def section_is_empty(site: Site, random: Random) -> Sown:
    _emptied(site, random.choice(("vacancies", "procurement", "budget", "faq")))
    return None


@plant("S035", also=("S004", "P020", "S022", "S089", "S031", "S032", "S092"), group="sections")
def structure_is_empty(site: Site, random: Random) -> Sown:
    """Where it names no units, nothing does."""
    _emptied(site, "structure")
    return None


@plant("S035", also=("S022", "S023", "S089", "S031", "S032", "P020"), group="sections")
def appointments_are_empty(site: Site, random: Random) -> Sown:
    """The page says what it is for, has headings, a table without rows; it names nobody."""
    shape, keeps_first = random.randrange(5), random.random() < 0.4
    for page in site.versions("appointments"):
        said = texts("nobody")[page.language][shape]
        page.body = page.body[:1] if keeps_first else []
        page.body += [fill(site, page.language, piece) for piece in said]
        page.flaws["emptied"] = True
    return None


@plant("S036", also=("S023",), group="sections")
def body_is_not_described(site: Site, random: Random) -> Sown:
    for page in site.versions("about"):
        phones = ", ".join(fill(site, page.language, f"{{phone:{one}}}") for one in range(1, 9))
        page.body = [f"<p>{page.title}: {phones}.</p>"]
    return None


@plant("S037", group="leaders")
def leaders_are_names_only(site: Site, random: Random) -> Sown:
    parts = random.choice(
        (["life"], ["duties"], ["duties", "life"], ["duties", "life", "contacts"])
    )
    defects.leaders_without(site, parts)
    return None


@plant("S037", group="leaders")
def deputies_are_left_out(site: Site, random: Random) -> Sown:
    """The text above the head still speaks of the deputies."""
    for page in site.versions("leaders"):
        page.body = page.body[:2]
    return None


@plant("S037", group="leaders")
def deputies_are_only_named(site: Site, random: Random) -> Sown:
    """All of the head, of the others a name each."""
    for page in site.versions("leaders"):
        page.body[2:] = [piece.partition("\n")[0] for piece in page.body[2:]]
    return None


@plant("S038", also=("S034", "S049"), group="reviews")
def no_review_of_appeals(site: Site, random: Random) -> Sown:
    _gone(site, ("reviews",))
    return None


@plant("S039", also=("S004", "S026", "S048"), group="sections")
def no_plans(site: Site, random: Random) -> Sown:
    _gone(site, ("strategy", "effectiveness"))
    return None


@plant("S040", group="sections")
def no_programmes(site: Site, random: Random) -> Sown:
    _gone(site, ("programmes",))
    return None


@plant("S041", group="sections")
def leaders_say_nothing(site: Site, random: Random) -> Sown:
    _gone(site, ("speeches", "leader_reports"))
    return None


@plant("S041", group="sections reports")
def leaders_do_not_report(site: Site, random: Random) -> Sown:
    """Speeches and articles stand where they did."""
    _gone(site, ("leader_reports",))
    return None


@plant("S041", group="sections")
def leaders_do_not_speak(site: Site, random: Random) -> Sown:
    """The report stands on its page: a file might hold a speech, too."""
    _gone(site, ("speeches",))
    for page in site.versions("leader_reports"):
        site.files.pop(f"report-{page.language}.pdf", None)
        page.body = [re.sub(r'<li><a href="@file:report.*?</li>', "", each) for each in page.body]
    return None


@plant("S042", group="sections")
def nothing_against_corruption(site: Site, random: Random) -> Sown:
    _gone(site, ("anti_corruption",))
    return None


@plant("S043", also=("S026",), group="sections")
def drafts_have_no_note(site: Site, random: Random) -> Sown:
    """Nor does the page lead to the portal of drafts, where their notes may be."""
    for language in site.languages:
        site.files.pop(f"note-{language}.pdf", None)
    for page in site.versions("drafts"):
        page.body = [
            re.sub(r'<li><a href="(?:@file:note|https://legalacts).*?</li>', "", each)
            for each in page.body
        ]
        page.body[0] = f"<p>{page.title}.</p>"
    return None


@plant("S044", group="sections")
def no_map_of_the_place(site: Site, random: Random) -> Sown:
    if site.body.kind == "ministry":
        raise Unfit
    _gone(site, ("geoportal",))
    return None


@plant("S045", group="sections")
def reception_has_no_hours(site: Site, random: Random) -> Sown:
    for page in site.versions("reception"):
        page.body = page.body[:1]
        page.flaws["emptied"] = True  # a link to a document there might lead to the hours
    return None


@plant("S046", group="symbols")
def state_symbols_are_low(site: Site, random: Random) -> Sown:
    defects.symbols_at_the_bottom(site, True)
    return None


@plant("S047", also=("S048",), group="feedback")
def open_government_is_not_linked(site: Site, random: Random) -> Sown:
    host = random.choice(("data", "budget", "legalacts", "dialog"))
    for page in site.pages.values():
        page.after.append(replaced(rf'<a href="https://{host}\.egov\.kz/">.*?</a>', ""))
    return None


@plant("S048", also=("S049", "S079", "S035", "S042"), group="sections")
def other_section_is_missing(site: Site, random: Random) -> Sown:
    told = {code for page in site.versions("appointments") for code in sections_aside(page.title)}
    _gone(site, (random.choice([each for each in OTHERS if each not in told]),))
    return None
