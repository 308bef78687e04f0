from django.apps import AppConfig


class Demo(AppConfig):
    """From an empty folder to a portal one can try: registry, published figures, example sites."""

    name = "aiqyn_portal.demo"
    label = "demo"
