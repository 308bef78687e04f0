"""Defects of access for all."""

from random import Random

from tools.planting.changes import after_body, in_head, replaced
from tools.planting.model import Site
from tools.planting.planting import Sown, links_of, plant, some
from tools.planting.words import texts

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
            '<a href="@home"><img src="/img/arrow.png" alt=""></a>',
            '<p><a href="@home"><i class="fa fa-question"></i></a></p>',
            '<a class="more" href="@home"> </a>',
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


# What is put at the end of a text to break one rule each.
_BROKEN = {
    "P060": (
        '<p><button type="button"><i class="icon-print"></i></button></p>',
        '<p><button class="up" onclick="top()"></button></p>',
    ),
    "P061": (
        '<iframe src="https://maps.example/embed" width="600" height="400"></iframe>',
        '<p><iframe width="560" height="315" src="https://video.example/1" title=""></iframe></p>',
    ),
    "P063": (
        "<ul><div>1</div><div>2</div></ul>",
        "<div><li>1</li><li>2</li></div>",
        "<dl><p>1</p><p>2</p></dl>",
        "<div><dt>1</dt><dd>2</dd></div>",
    ),
    "P064": ("<h2>1</h2><h4>2</h4><p>3</p>", "<h2>1</h2><p>2</p><h5>3</h5>"),
    "P065": ('<p><a href="https://gov.kz/" tabindex="4">gov</a></p>',),
    "P066": (
        "<marquee>2018</marquee>",
        '<p><blink><font color="red">NEW</font></blink></p>',
        '<audio src="/media/anthem.mp3" autoplay></audio>',
    ),
    "P068": ('<div role="buton">1</div>', '<div role="main-content"><p>1</p></div>'),
    "P069": (
        '<table><tr><th id="t1">A</th></tr><tr><td headers="t9">1</td></tr></table>',
    ),
    "P070": (
        (
            '<form action="@search" method="get"><label for="x1">A</label><input id="x1" name="a">'
            '<label for="x1">B</label><input id="x1" name="b"></form>'
        ),
    ),
    "P071": (
        '<svg role="img" width="10" height="10"><path d="M0 0h9v9z"/></svg>',
        '<p><span role="img" class="ico ico-star"></span></p>',
    ),
    "P072": ('<p lang="russian">Россия</p>', '<p lang="kz">Қазақстан</p>'),
    "P073": (
        '<p><a href="https://gov.kz/"><img src="/img/region.png" alt="Region" ismap></a></p>',
    ),
    "P074": (
        '<p><a href="https://gov.kz/" accesskey="1">1</a><button accesskey="1">2</button></p>',
    ),
    "P052": ("<table><tbody>" + "<tr><td>A</td><td>1</td></tr>" * 140 + "</tbody></table>",),
}  # fmt: skip


def _break(rule: str, piece: str, name: str) -> None:
    """Register the plant that puts a piece that breaks `rule` into a text."""

    def broken_piece(site: Site, random: Random) -> Sown:
        pages = some(random, site.content())
        for page in pages:
            page.body.append(piece)
        return links_of(pages)

    plant(rule, also=("S023",), name=name)(broken_piece)


for _rule, _pieces in _BROKEN.items():
    for _place, _piece in enumerate(_pieces, 1):
        _break(_rule, _piece, f"broken_piece_{_place}")


@plant("P068", also=("S023",))
def page_is_hidden_from_readers(site: Site, random: Random) -> Sown:
    pages = some(random, site.content())
    for page in pages:
        page.after.append(replaced("<body", '<body aria-hidden="true"'))
    return links_of(pages)


@plant("P072", also=("P002",))
def page_names_two_languages(site: Site, random: Random) -> Sown:
    """`xml:lang` was left as the editor wrote it."""
    pages = some(random, site.content())
    for page in pages:
        page.after.append(replaced(r' xml:lang="[^"]*"', ""))
        page.after.append(replaced("<html", '<html xml:lang="de"'))
    return links_of(pages)


@plant("P062")
def page_reloads(site: Site, random: Random) -> Sown:
    pages = some(random, site.content())
    for page in pages:
        page.after.append(in_head('<meta http-equiv="refresh" content="30">'))
    return links_of(pages)


@plant("P067")
def skip_link_leads_nowhere(site: Site, random: Random) -> Sown:
    pages = some(random, site.content())
    for page in pages:
        words = texts("chrome")[page.language]
        link = f'<a class="skip-link" href="#kontent-{random.randint(1, 9)}">{words["skip"]}</a>'
        page.after.append(after_body(link))
    return links_of(pages)


@plant("S090")
def no_version_for_weak_eyes(site: Site, random: Random) -> Sown:
    site.flaws["no_special"] = True
    return None
