"""Letters to those who follow a set: a new version is out, and what it breaks."""

import logging
import smtplib

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext, override

from aiqyn.text import Text, say
from aiqyn_portal.sections.open_data import addresses
from aiqyn_portal.sections.open_data.breaking import Broken, broken
from aiqyn_portal.sections.open_data.models import Version

logger = logging.getLogger(__name__)
LETTERS_IN = ("kk", "ru")  # one letter says it in both state languages


def tell_followers(pk: int) -> int:
    """Write to all who follow the set of a released version; return how many letters left."""
    version = Version.objects.select_related("dataset__body").get(pk=pk)
    gone = broken(version)
    subject = " / ".join(dict.fromkeys(_title(version, each) for each in LETTERS_IN))
    text = "\n\n".join(_text(version, gone, each) for each in LETTERS_IN)
    followers = version.dataset.follows.exclude(user__email="").select_related("user")
    return sum(_send(subject, text, each.user.email) for each in followers)


def _send(subject: str, text: str, address: str) -> bool:
    """Whether the letter left; one address that refuses it keeps no other from theirs."""
    try:
        return bool(send_mail(" ".join(subject.split()), text, None, [address]))
    except (smtplib.SMTPException, OSError):
        logger.warning("a letter about a new version did not leave", exc_info=True)
        return False


def _title(version: Version, language: str) -> str:
    return say(Text(version.dataset.title), language)


def _text(version: Version, gone: list[Broken], language: str) -> str:
    dataset = version.dataset
    with override(language):
        said = {"set": _title(version, language), "number": version.number}
        lines = [gettext("Version %(number)s of the set “%(set)s” is out.") % said]
        if version.note:
            lines.append(say(Text(version.note), language))
        if gone:
            lines.append(
                gettext("Programs that read the file by the names of its columns may stop working.")
            )
        for each in gone:
            lines += [gettext("Column gone:") + f" {name} ({each.file})" for name in each.gone]
            lines += [
                gettext("Other kind of values:") + f" {name} ({each.file})" for name in each.retyped
            ]
        lines.append(settings.OPEN_DATA_ADDRESS + addresses.of_version(dataset, version))
    return "\n".join(lines)
