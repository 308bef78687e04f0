"""Defects of contacts and feedback."""

from random import Random

from tools.planting.model import Site
from tools.planting.planting import Sown, links_of, plant

PICTURES = (
    '<p><img src="/img/contacts.gif" width="480" height="200" alt="{title}"></p>',
    '<p><img src="/upload/kontakty.jpg" alt=""></p>',
    '<p><img src="/images/telefon.png" width="400" alt="{title}"></p>',
)


@plant("P014", group="contacts")
def contacts_are_a_picture(site: Site, random: Random) -> Sown:
    picture = random.choice(PICTURES)
    pages = site.versions("contacts")
    for page in pages:
        page.body = [page.body[0], picture.format(title=page.title)]
    return links_of(pages)


@plant("S011", group="contacts")
def contacts_are_not_given(site: Site, random: Random) -> Sown:
    site.flaws["footer"] = f"<p>© {site.as_of.year}</p>"
    for page in site.versions("contacts"):
        page.body = page.body[:1]
    return None
