from django.db import migrations, transaction

from aiqyn_portal.contributions.brought_over import (
    Before,
    Decision,
    count,
    enter,
    language,
    one_by_one,
    stay,
)
from aiqyn_portal.search import index

REQUEST, PROBLEM = "data_request", "data_problem"
OUTCOMES = {"planned": "accepted", "published": "accepted", "refused": "declined"}
ROW = {"kk": "Жол: ", "ru": "Строка: ", "en": "Row: "}


def bring(apps, schema_editor):
    """Requests and mistakes become contributions, one by one: what is done stays done."""
    requests = apps.get_model("open_data", "Request").objects
    for row in one_by_one(requests.select_related("body", "dataset")):
        link(apps, row, of_request(row))
    problems = apps.get_model("open_data", "Problem").objects
    for row in one_by_one(problems.select_related("dataset")):
        link(apps, row, of_problem(row))
    for kind in (REQUEST, PROBLEM):
        count(apps, kind)
    if apps.get_model("search", "Entry").objects.filter(kind=REQUEST).exists():
        index.remove_kind_except(REQUEST, set())  # sealed, they are found as contributions


def undo(apps, schema_editor):
    stay(apps, "open_data", "Request", "Problem")


@transaction.atomic
def link(apps, row, said):
    row.contribution = enter(apps, said)
    row.save(update_fields=["contribution"])


def of_request(row):
    votes = row.votes.exclude(user=row.asked_by_id).order_by("pk")  # who asks needs them anyhow
    return Before(
        key=f"before-request-{row.pk}",
        kind=REQUEST,
        about=row.body.code,
        body=row.body_id,
        author=row.asked_by_id,
        at=row.asked_at,
        text=f"{row.title}\n\n{row.text}",
        decision=decided(row),
        where=where(row.dataset) if row.state == "published" else {},
        votes=list(votes.values_list("user_id", "at")),
        found_as=(REQUEST, str(row.pk)),
    )


def where(dataset):
    return {"data": dict(dataset.title), "href": f"/data/{dataset.name}/"}


def decided(row, outcomes=OUTCOMES):
    if row.state not in outcomes:
        return None
    by, at = row.answered_by_id, row.answered_at
    return Decision(at=at, by=by, outcome=outcomes[row.state], words=row.answer)


def of_problem(row):
    named = f"{ROW[language(row.text)]}{row.row}\n\n" if row.row else ""
    return Before(
        key=f"before-problem-{row.pk}",
        kind=PROBLEM,
        about=row.dataset.name,
        body=row.dataset.body_id,
        author=row.told_by_id,
        at=row.told_at,
        text=named + row.text,
        decision=decided(row, {"mended": "accepted", "refused": "declined"}),
    )


class Migration(migrations.Migration):
    atomic = False  # each row with its steps is one transaction; stopped, it goes on
    dependencies = [
        ("open_data", "0014_what_people_ask_is_a_contribution"),
        ("contributions", "0011_what_waits_by_support"),
        ("search", "0007_titles_are_found_however_old"),
        ("accounts", "0003_names_and_assurance"),
    ]

    operations = [migrations.RunPython(bring, undo)]
