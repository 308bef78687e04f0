"""Ready-made rows for tests. `BodyFactory(code="kz-akm-shymkent")` and so on."""

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from factory.django import DjangoModelFactory

from aiqyn_portal.accounts.models import Membership, User
from aiqyn_portal.bodies.models import Account, Body, BodyName

PASSWORD = "жұлдыз-1234-қар"


class QuickHasher(PBKDF2PasswordHasher):
    """One round in place of a million: no test asks how hard a guess is."""

    iterations = 1


HASHED = QuickHasher().encode(PASSWORD, "tests")


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        django_get_or_create = ("username",)
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person-{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.kz")
    password = HASHED

    @factory.post_generation
    def confirmed(self, create, extracted, **given):
        """Whoever signs in has confirmed an address; `confirmed=False` has not."""
        if create and extracted is not False and self.email:
            EmailAddress.objects.get_or_create(
                user=self, email=self.email, defaults={"verified": True, "primary": True}
            )


class BodyFactory(DjangoModelFactory[Body]):
    class Meta:
        model = Body
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"kz-akm-body-{n}")
    kind = Body.Kind.AKIMAT_REGION
    name = factory.LazyAttribute(
        lambda body: {
            "kk": f"{body.code} әкімдігі",
            "ru": f"Акимат {body.code}",
            "en": f"Akimat {body.code}",
        }
    )


class BodyNameFactory(DjangoModelFactory[BodyName]):
    class Meta:
        model = BodyName

    body = factory.SubFactory(BodyFactory)
    name = factory.LazyAttribute(lambda old: dict(old.body.name))


class AccountFactory(DjangoModelFactory[Account]):
    class Meta:
        model = Account

    body = factory.SubFactory(BodyFactory)
    network = "facebook"
    address = factory.Sequence(lambda n: f"https://www.facebook.com/body-{n}")


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = Membership.Role.EVALUATOR


def citizen() -> User:
    """A signed-in person without a role."""
    return UserFactory(username="citizen")


def evaluator() -> User:
    return MembershipFactory(user=UserFactory(username="evaluator")).user


def administrator() -> User:
    user = UserFactory(username="administrator")
    return MembershipFactory(user=user, role=Membership.Role.ADMINISTRATOR).user


def officer(body: Body) -> User:
    """An officer who speaks for `body`."""
    user = UserFactory(username=f"officer-of-{body.code}")
    return MembershipFactory(user=user, role=Membership.Role.OFFICER, body=body).user
