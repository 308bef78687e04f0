"""The rules of axe-core (WCAG 2.1 A and AA), by what a reader loses where they are broken."""

GROUPS: dict[str, frozenset[str]] = {
    "contrast": frozenset({"color-contrast", "link-in-text-block"}),
    "names": frozenset({
        "area-alt", "aria-command-name", "aria-dialog-name", "aria-input-field-name",
        "aria-meter-name", "aria-progressbar-name", "aria-toggle-field-name", "aria-tooltip-name",
        "button-name", "document-title", "frame-title", "frame-title-unique", "image-alt",
        "input-button-name", "input-image-alt", "label", "label-title-only", "link-name",
        "object-alt", "role-img-alt", "select-name", "summary-name", "svg-img-alt",
    }),
    "structure": frozenset({
        "aria-allowed-attr", "aria-allowed-role", "aria-braille-equivalent",
        "aria-conditional-attr", "aria-deprecated-role", "aria-hidden-body",
        "aria-prohibited-attr", "aria-required-attr", "aria-required-children",
        "aria-required-parent", "aria-roledescription", "aria-roles", "aria-valid-attr",
        "aria-valid-attr-value", "autocomplete-valid", "definition-list", "dlitem",
        "duplicate-id", "duplicate-id-active", "duplicate-id-aria", "form-field-multiple-labels",
        "list", "listitem", "p-as-heading", "presentation-role-conflict", "table-fake-caption",
        "td-has-header", "td-headers-attr", "th-has-data-cells",
    }),
    "keyboard": frozenset({
        "aria-hidden-focus", "bypass", "frame-focusable-content", "nested-interactive",
        "scrollable-region-focusable", "server-side-image-map", "target-size",
    }),
    "language": frozenset({
        "html-has-lang", "html-lang-valid", "html-xml-lang-mismatch", "valid-lang",
    }),
    "zoom": frozenset({"avoid-inline-spacing", "css-orientation-lock", "meta-viewport"}),
    "motion": frozenset({"blink", "marquee", "meta-refresh", "no-autoplay-audio"}),
    "captions": frozenset({"audio-caption", "video-caption"}),
}  # fmt: skip

GROUPED = frozenset().union(*GROUPS.values())
