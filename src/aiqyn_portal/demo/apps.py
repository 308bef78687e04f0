from django.apps import AppConfig


class Demo(AppConfig):
    name = "aiqyn_portal.demo"
    label = "demo"
