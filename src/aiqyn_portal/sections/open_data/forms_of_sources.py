"""A catalogue kept elsewhere, as people name it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.asking import line
from aiqyn_portal.sections.open_data.actions.harvested import Catalogue
from aiqyn_portal.sections.open_data.models.harvested import KINDS, RHYTHMS


class CatalogueForm(forms.Form):
    name = line(
        _("What readers know the catalogue by"),
        _("For example: data.egov.kz. Every set found there says where it comes from."),
        required=True,
        longest=120,
    )
    address = forms.URLField(
        label=_("Address of the catalogue"),
        max_length=500,
        assume_scheme="https",
        help_text=_("The home page of a CKAN, or the file of a DCAT or data.json catalogue."),
    )
    kind = forms.ChoiceField(label=_("What the catalogue speaks"), choices=KINDS, required=False)
    days = forms.TypedChoiceField(
        label=_("How often it is harvested"), choices=RHYTHMS, coerce=int, initial=1
    )

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"])
        if not address.startswith(("http://", "https://")):
            raise forms.ValidationError(_("The address begins with http:// or https://."))
        return address

    def catalogue(self) -> Catalogue:
        given: dict[str, Any] = self.cleaned_data
        return Catalogue(
            name=given["name"], address=given["address"], kind=given["kind"], days=given["days"]
        )
