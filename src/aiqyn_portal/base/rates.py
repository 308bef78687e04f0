"""How often one may: a purse for each place, filled anew when its time is over.

A purse is a row of the database, which all processes share, on one machine or on several: what is
in it is looked at and taken by one statement, so that two who ask at once never take the same.
"""

from contextlib import suppress
from datetime import datetime
from ipaddress import IPv6Address, IPv6Network, ip_address
from time import time

from allauth.account.adapter import get_adapter
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from aiqyn_portal.base.models import Purse

ONE_SUBSCRIBER = 64  # bits of an IPv6 address; he chooses the others himself


def is_within(what: str, who: str, *, most: int, seconds: int, price: int = 1) -> bool:
    """Let `who` take `price` more of the `most` there is of `what` in a time; False if too little.

    The time begins with the first that is taken, and does not grow by asking: whoever is refused
    takes nothing.
    """
    now = int(time())
    purse = Purse.objects.filter(key=_key(what, who))
    taken, until = purse.values_list("taken", "until").first() or (0, 0)
    if until > now and taken + price > most:
        return False  # nearly always: who floods has nothing written
    if until <= now:
        begun = Purse(key=_key(what, who), taken=0, until=now + seconds)
        Purse.objects.bulk_create([begun], ignore_conflicts=True)
        purse.filter(until__lte=now).update(taken=0, until=now + seconds)
    return bool(purse.filter(taken__lte=most - price).update(taken=F("taken") + price))


def asker(request: HttpRequest) -> str:
    """Who asks, for `is_within`: a person who is signed in, else the place the request is from."""
    if request.user.is_authenticated:
        return f"person {request.user.pk}"
    return place(request)


def place(request: HttpRequest) -> str:
    """Where a request is from: an address, or the network of one subscriber."""
    given = str(get_adapter().get_client_ip(request))
    with suppress(ValueError):  # a proxy says what it likes
        address = ip_address(given)
        if isinstance(address, IPv6Address):
            plain = address.ipv4_mapped
            return str(plain or IPv6Network((int(address), ONE_SUBSCRIBER), strict=False))
    return given


def forget(at: datetime) -> None:
    """Let go of purses whose time is over."""
    Purse.objects.filter(until__lte=int(at.timestamp())).delete()


def _key(what: str, who: str) -> str:
    """Of addresses nothing is kept that could be read back."""
    return salted_hmac("aiqyn.rates", f"{what}:{who}", algorithm="sha256").hexdigest()
