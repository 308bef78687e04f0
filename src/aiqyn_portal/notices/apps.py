from django.apps import AppConfig


class Notices(AppConfig):
    name = "aiqyn_portal.notices"
    label = "notices"
