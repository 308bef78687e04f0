from django.apps import AppConfig


class Deadlines(AppConfig):
    name = "aiqyn_portal.deadlines"
    label = "deadlines"
