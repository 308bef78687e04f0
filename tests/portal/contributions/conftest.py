"""A kind of contribution for tests, and people who contribute."""

from collections.abc import Iterator
from typing import Any

import pytest

from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import kinds
from aiqyn_portal.contributions.kinds import About, Kind
from tests.portal.contributions.voices import KIND, closed_keys


@pytest.fixture(autouse=True)
def trial_kind(request: pytest.FixtureRequest) -> Iterator[None]:
    """ "trial": what is said about any key to the body of the test; "closed-…" keys are closed."""

    def about(key: str) -> About | None:
        body = Body.objects.filter(code="kz-akm-shymkent").first()
        if body is None or key == "nothing":
            return None
        return About(
            title={"kk": f"Сынақ {key}", "ru": f"Проба {key}", "en": f"Trial {key}"},
            view="reports:body",
            arguments={"code": body.code},
            body_id=body.pk,
            is_open=key not in closed_keys,
            why_closed="Талқылау аяқталды.",
        )

    held: dict[str, Any] = dict(kinds._KINDS)
    kinds.register(Kind(KIND, "Сынақ пікірі", section="trial", about=about))
    yield
    kinds._KINDS.clear()
    kinds._KINDS.update(held)
