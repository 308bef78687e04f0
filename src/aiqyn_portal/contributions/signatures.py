"""A signed document as the portal judges it: by the library, with the roots its operator trusts."""

import logging
from datetime import datetime
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from aiqyn.errors import InputError
from aiqyn.signatures import CmsVerifier, Result, Trust

logger = logging.getLogger(__name__)
LARGEST = 10_000_000  # bytes of a signature, and of a document


class SignatureForm(forms.Form):
    """A signature, and the document where that is not inside."""

    signature = forms.FileField(
        label=_("The signature"),
        help_text=_("A file in CMS or CAdES: .p7s, .p7m, .cms or .sig, up to 10 MB."),
    )
    document = forms.FileField(
        label=_("The document"),
        help_text=_("Leave it out where it is inside the signature."),
        required=False,
        allow_empty_file=True,
    )

    def clean_signature(self) -> Any:
        return self._fitting("signature")

    def clean_document(self) -> Any:
        return self._fitting("document")

    def _fitting(self, name: str) -> Any:
        given = self.cleaned_data[name]
        if given and given.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        return given

    def judged(self, at: datetime) -> Result | None:
        """What is found out about the files sent; None, and an error, where there is nothing to
        judge. Nothing is kept of them.
        """
        document = self.cleaned_data["document"]
        content = document.read() if document is not None else None
        try:
            signature = self.cleaned_data["signature"].read()
            return CmsVerifier(trusted()).verify(signature, content, at=at)
        except InputError:
            self.add_error("signature", _("This is no signature that can be read here."))
            return None


def trusted() -> Trust:
    """The roots and lists in the folder the operator has named; none without one."""
    folder = settings.SIGNATURE_TRUST
    try:
        return Trust.load(Path(folder)) if folder else Trust()
    except InputError:
        logger.exception("AIQYN_SIGNATURE_TRUST cannot be read: no root is trusted")
        return Trust()
