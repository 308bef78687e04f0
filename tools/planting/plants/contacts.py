"""Defects of contacts and feedback."""

import re
from datetime import timedelta
from random import Random

from tools.planting import defects
from tools.planting.blocks import postal
from tools.planting.changes import replaced, unlinked
from tools.planting.model import Page, Site
from tools.planting.planting import CONTENT, Sown, links_of, need, plant, some
from tools.planting.words import texts, written

PICTURES = (
    '<p><img src="/img/contacts.gif" width="480" height="200" alt="{title}"></p>',
    '<p><img src="/upload/kontakty.jpg" alt=""></p>',
    '<p><img src="/images/telefon.png" width="400" alt="{title}"></p>',
)


@plant("P014", also=("S074", "S075", "S076"), group="contacts")
def contacts_are_a_picture(site: Site, random: Random) -> Sown:
    picture = random.choice(PICTURES)
    pages = site.versions("contacts")
    for page in pages:
        page.body = [page.body[0], picture.format(title=page.title)]
    return links_of(pages)


@plant("S011", also=("S074", "S075", "S076", "S077"), group="contacts")
def contacts_are_not_given(site: Site, random: Random) -> Sown:
    site.flaws["footer"] = f'<p><a href="@sitemap">Sitemap</a> © {site.as_of.year}</p>'
    for page in site.versions("contacts"):
        page.body = page.body[:1]
    return None


@plant("S011", also=("S076",), group="contacts")
def postal_address_is_not_given(site: Site, random: Random) -> Sown:
    """Telephone and e-mail stand everywhere; where the body sits is said nowhere."""
    for page in site.pages.values():
        address = re.escape(postal(site, page.language))
        page.after.append(replaced(address, ""))
    return None


PORTALS = r"https://(?:egov|elicense|eotinish|dialog|www\.gov4c|con)\."


@plant("P040")
def contacts_are_placeholders(site: Site, random: Random) -> Sown:
    pages = some(random, site.versions("contacts"), 3)
    said = random.choice(
        (
            '<p>E-mail: <a href="mailto:info@example.com">info@example.com</a></p>',
            "<p>+7 (000) 000-00-00</p>",
            "<p>8 (7172) 00-00-00</p>",
            "<p>8 (7172) 12-34-56</p>",
            '<p><a href="mailto:your@email.com">your@email.com</a></p>',
        )
    )
    for page in pages:
        page.body.append(said)
    return links_of(pages)


@plant("S074", group="contacts")
def no_reference_telephone(site: Site, random: Random) -> Sown:
    for page in site.versions("contacts"):
        reference = texts("chrome")[page.language]["reference"]
        page.body = [_without_line(piece, reference) for piece in page.body]
        page.body[0] = "<p>" + postal(site, page.language) + "</p>"
    return None


def _without_line(piece: str, word: str) -> str:
    return "\n".join(line for line in piece.split("\n") if word not in line)


def _unlink(schemes: str, name: str) -> None:
    """Register a plant that leaves these contacts as plain text."""

    def contacts_cannot_be_clicked(site: Site, random: Random) -> Sown:
        for page in site.pages.values():
            page.after.append(unlinked(schemes))
        return None

    plant("S075", group="contacts", name=name)(contacts_cannot_be_clicked)


_unlink("tel:", "telephones_cannot_be_clicked")
_unlink("mailto:", "emails_cannot_be_clicked")
_unlink("tel:|mailto:", "contacts_cannot_be_clicked")


@plant("S075", group="contacts")
def telephones_dial_another_number(site: Site, random: Random) -> Sown:
    """The link was copied, and its number left as it was."""
    wrong = f'<a href="tel:+7717{random.randint(1_000_000, 9_999_999)}"'
    for page in site.pages.values():
        page.after.append(replaced(r'<a href="tel:[^"]*"', wrong))
    return None


@plant("S076", group="contacts")
def no_working_hours(site: Site, random: Random) -> Sown:
    for page in [*site.versions("contacts"), *site.versions("about")]:
        page.body = [piece for piece in page.body if "18:30" not in piece or "\n" in piece]
        page.body = [_without_line(piece, "18:30") for piece in page.body]
    return None


# S075: a telephone in the news of the first page is all that is left of contacts there.
@plant("S077", also=("S004", "S067", "S073", "S011", "S064", "S066", "S075"), group="contacts")
def contacts_are_far(site: Site, random: Random) -> Sown:
    need(site, "faq", "contacts")
    defects.contacts_hidden(site, True)
    return None


@plant("S078", also=("S079", "S081", "S047", "S035"), group="feedback")
def nobody_can_write(site: Site, random: Random) -> Sown:
    for page in site.pages.values():
        page.body = [piece for piece in page.body if "<textarea" not in piece or "@search" in piece]
        page.after.append(replaced(rf'<a href="{PORTALS}[^"]*">.*?</a>', ""))
    return None


@plant("S078", also=("S079", "S081", "S047", "S035", "S082", "P008"), group="feedback")
def whoever_writes_has_to_log_in(site: Site, random: Random) -> Sown:
    field = random.choice(
        (
            '<input type="password" name="pass" aria-label="***">',
            '<p><label for="pw">***</label> <input id="pw" type="PASSWORD" name="pw"></p>',
        )
    )
    for page in site.pages.values():
        page.body = [piece.replace("</form>", f"{field}</form>") if "<textarea" in piece else piece
                     for piece in page.body]  # fmt: skip
        page.after.append(replaced(rf'<a href="{PORTALS}[^"]*">.*?</a>', ""))
    return None


@plant("S079", also=("S048", "S049"), group="feedback pages")
def no_earlier_answers(site: Site, random: Random) -> Sown:
    site.remove("faq")
    defects.write_lists(site)
    for page in site.versions("appeals"):
        said = texts("chrome")[page.language]["feedback"]["all"]
        page.body = [piece.replace(f'<a href="@reviews">{said}</a>, ', "") for piece in page.body]
    return None


@plant("S079", group="feedback pages")
def only_questions_thought_of_beforehand(site: Site, random: Random) -> Sown:
    names = {"kk": "Жиі қойылатын сұрақтар", "ru": "Часто задаваемые вопросы", "en": "FAQ"}
    need(site, "faq")
    for page in site.versions("faq"):
        page.title = names[page.language]
    defects.write_lists(site)
    for page in site.versions("appeals"):
        said = texts("chrome")[page.language]["feedback"]["all"]
        page.body = [piece.replace(f'<a href="@reviews">{said}</a>, ', "") for piece in page.body]
    return None


@plant("S080", also=("S006",), group="missing")
def forum_is_dead(site: Site, random: Random) -> Sown:
    for page in site.versions("appeals"):
        page.body.append(f'<p><a href="/forum/{page.language}/">{defects.FORUM["ru"]}</a></p>')
    return None


@plant("S080")
def poll_is_old(site: Site, random: Random) -> Sown:
    need(site, "appeals")
    for language in site.languages:
        said = texts("chrome")[language]["poll"]
        day = written(site, language, site.as_of - timedelta(days=400))
        title = {"kk": "Сауалнама", "ru": "Опросы", "en": "Polls"}[language]
        body = [f"<p>{day}. {said['question']}</p><p>{said['yes']}: 61. {said['no']}: 17.</p>"]
        site.pages["polls", language] = Page("polls", language, title, body, group="citizens")
    site.menu["citizens"].append("polls")
    return None


@plant("S080")
def forum_is_asleep(site: Site, random: Random) -> Sown:
    need(site, "appeals")
    days = random.randint(300, 900)
    for language in site.languages:
        day = written(site, language, site.as_of - timedelta(days=days))
        said = texts("chrome")[language]["poll"]
        body = [f"<table><tr><th>{said['question']}</th><td>{day}</td></tr></table>"]
        page = Page("forum", language, defects.FORUM[language], body, group="citizens")
        site.pages["forum", language] = page
    site.menu["citizens"].append("forum")
    return None


@plant("S081", group="feedback")
def services_lead_nowhere(site: Site, random: Random) -> Sown:
    for page in site.versions("services"):
        page.body = [re.sub(r"<td><a .*?</a></td>", "<td>—</td>", piece) for piece in page.body]
    for page in site.pages.values():
        page.after.append(replaced(r'<a href="https://egov\.kz/">egov\.kz</a>', ""))
    return None


@plant("S082", also=(*CONTENT, "S022", "S089"), group="sections")
def a_page_wants_a_password(site: Site, random: Random) -> Sown:
    key = random.choice(("procurement", "vacancies", "statistics", "programmes"))
    for page in site.versions(key):
        page.body = [
            (
                '<form action="/enter.php" method="post"><p><label>Логин <input name="l"></label> '
                '<label>Пароль <input type="password" name="p"></label></p></form>'
            )
        ]
        page.flaws["emptied"] = True
    return None
