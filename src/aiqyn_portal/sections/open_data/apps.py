from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.sections import Section


class OpenData(Section):
    name = "aiqyn_portal.sections.open_data"
    label = "open_data"
    title = _("Open data")
    order = 50
