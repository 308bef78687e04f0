"""What is looked for in the parsed page rather than in its bytes: see `Page.holds`."""

ATTRIBUTES = frozenset(
    {
        "accesskey", "autoplay", "class", "colspan", "headers", "hreflang", "http-equiv", "id",
        "ismap", "itemprop", "lang", "onclick", "onload", "property", "role", "rowspan", "scope",
        "style", "summary", "tabindex", "usemap",
    }
)  # fmt: skip
VALUES = {  # what only stands in one attribute
    '"button"': "[type=button i]",
    'type="radio"': "[type=radio i]",
    "heading": "[role=heading i]",
    "password": "[type=password i]",
    "submit": "[type=submit i]",
}
