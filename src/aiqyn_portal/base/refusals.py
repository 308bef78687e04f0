"""An action that cannot be done says why in a sentence a person can read.

Every app has its own refusals beside its actions; all are `ActionRefused`.
"""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.promises import StrOrPromise


class ActionRefused(Exception):
    """Base of all refusals. `sentence` is shown to the person; `detail` adds the value."""

    sentence: ClassVar[StrOrPromise] = _("This cannot be done now.")
    field = ""  # of the form, where it is known what in it was refused
    what = ""  # stood in it: the name of a file

    def __init__(self, detail: object = "") -> None:
        super().__init__(f"{type(self).__name__}: {detail}")
        self.detail = str(detail)

    def __str__(self) -> str:
        said = f"{self.sentence} {self.detail}".strip()
        return f"{self.what}: {said}" if self.what else said
