"""An expert's form on one example site, so that machine and person stand side by side."""

from datetime import date, datetime, time

from django.utils import timezone

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.site_audit.actions import save_review
from aiqyn_portal.sections.site_audit.actions.reviews import Opinion
from aiqyn_portal.sections.site_audit.aspects import BAD, BOTH, GOOD
from aiqyn_portal.sections.site_audit.models import Review

REVIEWED = "kz-example-poor"
DAY = date(2025, 12, 2)
# an example of a form: the authors of the invented site have marked what a visitor meets there
MARKS = {
    "address": Opinion(BOTH, "Атау ұзақ, латынша жазылуы есте қалмайды."),
    "site_title": Opinion(GOOD, "Сайт әкімдіктің атымен аталған."),
    "languages": Opinion(BAD, "Қазақша бірнеше бет қана бар, ағылшынша нұсқа жоқ."),
    "news": Opinion(BAD, "Жаңалық сирек шығады, мәтіні бір-екі сөйлем."),
    "currency": Opinion(BAD, "Беттердің төменгі жағында 2018 жыл тұр."),
    "home_page": Opinion(BOTH),
    "structure": Opinion(BOTH),
    "navigation": Opinion(BAD, "Сайт картасы жоқ."),
    "search": Opinion(BAD, "Іздеу жоқ."),
    "typography": Opinion(BAD),
    "content_style": Opinion(GOOD, "Мәтіндер қысқа әрі түсінікті."),
    "state_symbols": Opinion(BAD),
    "about_body": Opinion(BOTH),
    "structure_info": Opinion(BAD, "Құрылым сурет түрінде ғана берілген."),
    "leaders_texts": Opinion(BAD),
    "strategic_documents": Opinion(BOTH),
    "statistics": Opinion(BAD),
    "document_format": Opinion(BOTH, "Кейбір құжат ашылмайды, кейбірі сканерленген."),
    "services": Opinion(BAD),
    "appeals": Opinion(BAD),
    "contacts": Opinion(BOTH),
    "forum": Opinion(BOTH, "Форма бар, бірақ сауалнама жоқ."),
    "geoportal": Opinion(BAD),
}


def load_review(expert: User) -> None:
    """Publish the form on the newest audit of the site, once."""
    if Review.objects.exists():
        return
    audit = Body.objects.get(code=REVIEWED).audits.counting()[0]
    at = datetime.combine(DAY, time(12), tzinfo=timezone.get_current_timezone())
    save_review(audit, MARKS, by=expert, at=at, publish=True)
