from django.apps import AppConfig


class Trail(AppConfig):
    name = "aiqyn_portal.trail"
    label = "trail"
