"""How Django's forms are drawn: govuk-frontend's markup, from templates of this app."""

from django.forms.renderers import TemplatesSetting


class GovukRenderer(TemplatesSetting):
    """Every `{{ form }}` and `{{ field.as_field_group }}` in the portal's own markup."""

    form_template_name = "base/forms/form.html"
    field_template_name = "base/forms/field.html"
    formset_template_name = "base/forms/formset.html"
