"""How sure the portal is of who a person is, and who may take part."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured

from aiqyn.text import missing
from aiqyn_portal.accounts import actions
from aiqyn_portal.accounts.apps import keep_what_provider_says
from aiqyn_portal.accounts.assurance import Level, level_said
from aiqyn_portal.accounts.models import User
from aiqyn_portal.accounts.permissions import assurance, may_take_part
from aiqyn_portal.accounts.refusals import NameIsNoName
from aiqyn_portal.project.environment import levels
from tests import factories
from tests.portal.conftest import signed_in

HIGH = "http://eidas.europa.eu/LoA/high"


def fresh(user):
    """The person as another request has it."""
    return User.objects.get(pk=user.pk)


def sign_in_through_provider(user, **told):
    class Account:
        provider = "egov"
        extra_data = told

    class Login:
        account = Account

    keep_what_provider_says(user, sociallogin=Login)


def test_levels_are_named_in_every_language():
    assert [missing(level.title) for level in Level] == [[]] * 5


def test_who_confirmed_an_address_may_take_part(db):
    known = factories.UserFactory()
    unknown = factories.UserFactory(confirmed=False)
    gone = factories.UserFactory(is_active=False)

    people = (known, unknown, gone, AnonymousUser())

    assert [may_take_part(user) for user in people] == [True, False, False, False]


def test_provider_s_word_is_kept_at_sign_in_and_lowered_again(citizen):
    sign_in_through_provider(citizen, id_token={"acr": HIGH}, userinfo={"acr": "0"})
    high = assurance(fresh(citizen))
    sign_in_through_provider(citizen, id_token={"acr": "0"})

    assert (high, assurance(fresh(citizen))) == (Level.HIGH, Level.EMAIL)


def test_sign_in_with_a_password_says_nothing_of_identity(citizen):
    keep_what_provider_says(citizen)

    assert assurance(fresh(citizen)) == Level.EMAIL


def test_operator_says_what_other_words_mean(settings, monkeypatch):
    monkeypatch.setenv("AIQYN_OIDC_LEVELS", "urn:kz:eds=high, loa=2=low")
    settings.OIDC_LEVELS = levels("AIQYN_OIDC_LEVELS")

    told = [{"id_token": {"acr": "urn:kz:eds"}}, {"userinfo": {"loa": "loa=2"}}, {"id_token": {}}]

    assert [level_said(each)[0] for each in told] == [Level.HIGH, Level.LOW, Level.NONE]


@pytest.mark.parametrize("given", ["high", "=high", "urn:x=highest"])
def test_level_there_is_not_is_refused(monkeypatch, given):
    monkeypatch.setenv("AIQYN_OIDC_LEVELS", given)

    with pytest.raises(ImproperlyConfigured, match="word=low"):
        levels("AIQYN_OIDC_LEVELS")


def test_claims_that_are_no_words_are_passed_over():
    assert level_said({"id_token": {"acr": ["x"]}, "userinfo": None}) == (Level.NONE, "")


def test_person_chooses_the_name_others_see(citizen):
    client = signed_in(citizen)

    answer = client.post("/ru/account/profile/", {"display_name": "  Айгүл \x07 С. "})

    assert (answer.status_code, fresh(citizen).display_name) == (302, "Айгүл С.")


@pytest.mark.parametrize("name", ["a@example.kz", "https://x.kz", "12345", "<b>x</b>"])
def test_address_or_sign_is_no_name(citizen, name):
    with pytest.raises(NameIsNoName):
        actions.name_oneself(citizen, name)
