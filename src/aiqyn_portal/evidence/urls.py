from django.urls import path, register_converter

from aiqyn_portal.evidence import views


class Sha256:
    """64 lower-case hexadecimal digits."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Sha256, "sha256")

app_name = "evidence"
urlpatterns = [
    path("evidence/<sha256:sha256>/", views.snapshot, name="snapshot"),
    path("evidence/<sha256:sha256>/raw/", views.raw, name="raw"),
]
# a picture has no language, so pages in all of them share the browser's copy
plain_urlpatterns = [
    path("evidence/<sha256:sha256>/picture/", views.picture, name="evidence_picture"),
]
