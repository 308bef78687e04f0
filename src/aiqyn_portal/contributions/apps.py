from django.apps import AppConfig


class Contributions(AppConfig):
    name = "aiqyn_portal.contributions"
    label = "contributions"
