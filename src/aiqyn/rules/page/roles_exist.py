"""Roles given to elements are roles there are, and the page is not hidden from readers."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.reach import is_hidden

# WAI-ARIA 1.2 with the graphics and digital publishing modules.
_WORDS = """
    alert alertdialog application article banner blockquote button caption cell checkbox code
    columnheader combobox command complementary composite contentinfo definition deletion dialog
    directory document emphasis feed figure form generic grid gridcell group heading img image
    input insertion landmark link list listbox listitem log main mark marquee math menu menubar
    menuitem menuitemcheckbox menuitemradio meter navigation none note option paragraph
    presentation progressbar radio radiogroup range region roletype row rowgroup rowheader
    scrollbar search searchbox section sectionhead select separator slider spinbutton status
    strong structure subscript suggestion superscript switch tab table tablist tabpanel term text
    textbox time timer toolbar tooltip tree treegrid treeitem widget window
    graphics-document graphics-object graphics-symbol comment sectionheader sectionfooter
"""
ROLES = frozenset(_WORDS.split())


def check(page: Page) -> Iterator[Place]:
    body = page.lean.body
    is_hidden_page = body is not None and body.attributes.get("aria-hidden") == "true"
    nodes = page.roles
    if not nodes and not is_hidden_page:
        raise Inapplicable
    if is_hidden_page:
        yield Place(where="body", saw='aria-hidden="true"', note="hidden_page")
    for node in nodes:
        roles = (node.attributes["role"] or "").lower().split()
        if roles and not any(_is_role(role) for role in roles) and not is_hidden(node):
            yield Place(where=page.path_of(node), saw=shorten(" ".join(roles)), note="no_role")


def _is_role(role: str) -> bool:
    return role in ROLES or role.startswith("doc-")
