import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client

from aiqyn_portal.accounts import actions, queries, refusals
from aiqyn_portal.accounts.models import Membership, User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.trail.models import Event
from tests import factories
from tests.portal.kazakh import kk

Role = Membership.Role


def last_event() -> tuple[str, str, str, dict[str, str]]:
    event = Event.objects.order_by("-number")[0]
    return event.actor, event.action, event.subject, event.details


def test_granting_a_role_is_recorded_with_its_reason(
    administrator: User, citizen: User, body: Body
) -> None:
    actions.grant(citizen, Role.OFFICER, body, by=administrator, reason=" Бұйрық № 5 ")

    assert [(m.role, m.body) for m in citizen.memberships.all()] == [("officer", body)]
    assert last_event() == (
        "administrator",
        "role.granted",
        "person:citizen",
        {"role": "officer", "body": "kz-akm-shymkent", "reason": "Бұйрық № 5"},
    )


def test_only_an_administrator_gives_roles(evaluator: User, citizen: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.grant(citizen, Role.EVALUATOR, None, by=evaluator, reason="Бұйрық")


def test_role_without_a_reason_is_refused(administrator: User, citizen: User) -> None:
    with pytest.raises(refusals.ReasonIsMissing):
        actions.grant(citizen, Role.EVALUATOR, None, by=administrator, reason="  ")


def test_nobody_is_called_as_the_trail_calls_the_portal(administrator: User) -> None:
    newcomer = actions.Newcomer(username="System", email="s@example.kz")

    with pytest.raises(refusals.EmailIsTaken):
        actions.invite(newcomer, by=administrator, reason="Бұйрық")


@pytest.mark.parametrize("field", ["q", "role"])
def test_null_character_in_a_search_for_people_breaks_nothing(
    administrator_client: Client, field: str
) -> None:
    assert administrator_client.get("/kk/manage/people/", {field: "\0"}).status_code == 200


def test_same_role_twice_is_refused(administrator: User, evaluator: User) -> None:
    with pytest.raises(refusals.RoleIsHeld):
        actions.grant(evaluator, Role.EVALUATOR, None, by=administrator, reason="Бұйрық")


def test_officer_needs_a_body_and_others_take_none(
    administrator: User, citizen: User, body: Body
) -> None:
    with pytest.raises(refusals.RoleNeedsBody):
        actions.grant(citizen, Role.OFFICER, None, by=administrator, reason="Бұйрық")
    with pytest.raises(refusals.RoleTakesNoBody):
        actions.grant(citizen, Role.EVALUATOR, body, by=administrator, reason="Бұйрық")


def test_nobody_evaluates_the_body_he_works_for(
    administrator: User, officer: User, evaluator: User, body: Body
) -> None:
    with pytest.raises(refusals.OfficerCannotEvaluate):
        actions.grant(officer, Role.EVALUATOR, None, by=administrator, reason="Бұйрық")
    with pytest.raises(refusals.OfficerCannotEvaluate):
        actions.grant(evaluator, Role.OFFICER, body, by=administrator, reason="Бұйрық")


def test_closed_account_gets_no_role(administrator: User, citizen: User) -> None:
    actions.deactivate(citizen, by=administrator, reason="Жұмыстан кетті")

    with pytest.raises(refusals.PersonIsInactive):
        actions.grant(citizen, Role.EVALUATOR, None, by=administrator, reason="Бұйрық")


def test_last_administrator_cannot_leave(administrator: User) -> None:
    membership = administrator.memberships.get()

    with pytest.raises(refusals.LastAdministrator):
        actions.revoke(membership, by=administrator, reason="Кетемін")
    with pytest.raises(refusals.LastAdministrator):
        actions.deactivate(administrator, by=administrator, reason="Кетемін")

    assert queries.administrators().count() == 1


def test_administrator_leaves_once_another_is_appointed(administrator: User, citizen: User) -> None:
    actions.grant(citizen, Role.ADMINISTRATOR, None, by=administrator, reason="Бұйрық")
    actions.revoke(administrator.memberships.get(), by=administrator, reason="Ауысты")

    assert [m.user for m in queries.administrators()] == [citizen]
    assert last_event()[1:3] == ("role.revoked", "person:administrator")


def test_administrator_with_a_closed_account_does_not_count(
    administrator: User, citizen: User
) -> None:
    actions.grant(citizen, Role.ADMINISTRATOR, None, by=administrator, reason="Бұйрық")
    actions.deactivate(citizen, by=administrator, reason="Демалыста")

    with pytest.raises(refusals.LastAdministrator):
        actions.revoke(administrator.memberships.get(), by=administrator, reason="Ауысты")


def test_closing_an_account_ends_its_sessions_and_roles(
    administrator: User, evaluator: User, evaluator_client: Client
) -> None:
    assert evaluator_client.get("/kk/work/").status_code == 200

    actions.deactivate(evaluator, by=administrator, reason="Жұмыстан кетті")

    assert evaluator_client.get("/kk/work/").status_code == 302
    actions.activate(evaluator, by=administrator, reason="Қайта оралды")
    assert last_event()[1] == "person.activated"


def test_invited_person_receives_a_letter_and_sets_a_password(
    administrator_client: Client,
) -> None:
    administrator_client.post(
        "/kk/manage/people/new/",
        {"username": "aigul", "email": "aigul@example.kz", "reason": "Жаңа қызметкер"},
    )

    user = User.objects.get(username="aigul")
    assert not user.has_usable_password()
    assert [letter.to for letter in mail.outbox] == [["aigul@example.kz"]]
    address = next(w for w in mail.outbox[0].body.split() if w.startswith("http://"))
    browser = Client()
    page = browser.get(address.removeprefix("http://testserver"), follow=True)
    form = page.redirect_chain[-1][0]
    browser.post(form, {"password1": factories.PASSWORD, "password2": factories.PASSWORD})
    user.refresh_from_db()
    assert user.check_password(factories.PASSWORD)


def test_second_person_with_the_same_email_is_refused(administrator: User, citizen: User) -> None:
    newcomer = actions.Newcomer(username="other", email="Citizen@example.kz")

    with pytest.raises(refusals.EmailIsTaken):
        actions.invite(newcomer, by=administrator, reason="Бұйрық")


@pytest.mark.parametrize("text", ["Айгүл", "айгүл", "АЙГҮЛ", "aigul@"])
def test_people_are_found_by_name_in_any_case(text: str, db: None) -> None:
    found = factories.UserFactory(username="a", first_name="Айгүл", email="aigul@example.kz")
    factories.UserFactory(username="b", first_name="Болат")

    assert list(queries.people(text)) == [found]


def test_people_are_listed_by_role(administrator: User, evaluator: User, citizen: User) -> None:
    assert list(queries.people(role="evaluator")) == [evaluator]


@pytest.mark.parametrize("how_many", [1, 3])
def test_list_of_people_asks_the_same_number_of_queries(
    administrator_client: Client, how_many: int, django_assert_num_queries: object
) -> None:
    for number in range(how_many):
        body = factories.BodyFactory(code=f"kz-akm-{number}")
        factories.officer(body)

    with django_assert_num_queries(8):  # type: ignore[operator]
        administrator_client.get("/kk/manage/people/")


def test_person_page_gives_and_takes_a_role(administrator_client: Client, citizen: User) -> None:
    page = f"/kk/manage/people/{citizen.pk}/"
    administrator_client.post(page, {"role": "evaluator", "reason": "Бұйрық № 7"})
    membership = citizen.memberships.get()
    administrator_client.post(f"/kk/manage/roles/{membership.pk}/revoke/", {"reason": "Ауысты"})

    assert citizen.memberships.count() == 0
    assert [e.action for e in Event.objects.all()] == ["role.granted", "role.revoked"]


def test_refusal_is_shown_in_the_reader_s_language(
    administrator: User, administrator_client: Client
) -> None:
    membership = administrator.memberships.get()
    answer = administrator_client.post(
        f"/kk/manage/roles/{membership.pk}/revoke/", {"reason": "Кетемін"}
    )

    assert answer.status_code == 200
    assert (
        kk("This is the last administrator. Appoint another one first.") in answer.content.decode()
    )


def test_first_administrator_is_appointed_from_the_command_line(citizen: User) -> None:
    call_command("appoint_administrator", "citizen")

    assert [m.user for m in queries.administrators()] == [citizen]
    assert last_event()[:3] == ("system", "role.granted", "person:citizen")
    with pytest.raises(CommandError, match="already"):
        call_command("appoint_administrator", "citizen")
    with pytest.raises(CommandError, match="nobody"):
        call_command("appoint_administrator", "nobody")


def test_account_is_closed_and_opened_from_its_page(
    administrator_client: Client, citizen: User
) -> None:
    address = f"/kk/manage/people/{citizen.pk}/switch/"
    states = []
    for _ in range(2):
        administrator_client.post(address, {"reason": "Тексеру үшін"})
        citizen.refresh_from_db()
        states.append(citizen.is_active)

    assert states == [False, True]


def test_administrator_who_gives_up_the_role_is_led_away(
    administrator: User, administrator_client: Client, citizen: User
) -> None:
    actions.grant(citizen, Role.ADMINISTRATOR, None, by=administrator, reason="Бұйрық")
    membership = administrator.memberships.get()

    answer = administrator_client.post(
        f"/kk/manage/roles/{membership.pk}/revoke/", {"reason": "Ауысты"}
    )

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert administrator_client.get("/kk/manage/people/").status_code == 403


def test_refused_invitation_sends_no_letter(administrator_client: Client, citizen: User) -> None:
    known = {"username": "other", "email": citizen.email, "reason": "Бұйрық"}
    page = administrator_client.post("/kk/manage/people/new/", known).content.decode()

    assert kk("A person with this username or e-mail is already registered.") in page
    assert mail.outbox == []
