"""Defects of access for all."""

from random import Random

from tools.planting.model import Site
from tools.planting.planting import Sown, links_of, plant, some

NO_ZOOM = "width=device-width, initial-scale=1.0, maximum-scale=1.0, user-scalable=no"


@plant("P003")
def no_viewport(site: Site, random: Random) -> Sown:
    pages = some(random, site.content())
    for page in pages:
        page.flaws["viewport"] = ""
    return links_of(pages)


@plant("P003")
def zoom_forbidden(site: Site, random: Random) -> Sown:
    pages = some(random, site.content())
    for page in pages:
        page.flaws["viewport"] = NO_ZOOM
    return links_of(pages)


@plant("P004")
def picture_without_text(site: Site, random: Random) -> Sown:
    pages = some(random, site.content())
    tag = random.choice(
        (
            '<img src="/upload/photo-{n}.jpg" width="600" height="400">',
            '<p align="center"><IMG SRC="/images/{n}.jpg"></p>',
            '<figure><img class="img-responsive" src="/media/foto{n}.jpeg"></figure>',
        )
    )
    for page in pages:
        page.body.insert(1, tag.format(n=random.randint(1, 99)))
    return links_of(pages)


@plant("P004")
def picture_named_by_its_file(site: Site, random: Random) -> Sown:
    pages = some(random, site.content())
    for page in pages:
        name = random.choice(("DSC_0412.jpg", "IMG-20180912-WA0003.jpeg", "foto.png"))
        page.body.append(f'<img src="/upload/{name}" alt="{name}" width="640" height="360">')
    return links_of(pages)


@plant("P006")
def link_without_a_name(site: Site, random: Random) -> Sown:
    pages = some(random, site.content())
    link = random.choice(
        (
            '<a href="@contacts"><img src="/img/arrow.png" alt=""></a>',
            '<p><a href="@faq"><i class="fa fa-question"></i></a></p>',
            '<a class="more" href="@news"> </a>',
        )
    )
    for page in pages:
        page.body.append(link)
    return links_of(pages)


@plant("P008")
def fields_without_labels(site: Site, random: Random) -> Sown:
    pages = some(random, site.content())
    field = random.choice(
        (
            '<input type="text" name="fio" placeholder="ФИО">',
            '<select name="tema"><option>1</option><option>2</option></select>',
            '<label>*</label> <textarea name="text" rows="4"></textarea>',
        )
    )
    for page in pages:
        page.body.append(f'<form action="@search" method="get"><p>{field}</p></form>')
    return links_of(pages)
