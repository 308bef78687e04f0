"""A property that is worked out when it is first asked for, and kept.

`functools.cached_property` of Python 3.11 takes a lock each time: a page, which one thread
reads, would pay for it forty times and never need it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Generic, TypeVar

T = TypeVar("T")
S = TypeVar("S")


class Once(Generic[T]):
    """Stands in a class; what it worked out stands in the instance, and is found there first."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self.work = work
        self.name = work.__name__
        self.__doc__ = work.__doc__

    def __get__(self, subject: object, _: type) -> T:
        known: T = self.work(subject)
        subject.__dict__[self.name] = known
        return known


def kept(work: Callable[[S], T]) -> Callable[[S], T]:
    """Keep in a subject what a function works out of it.

    A cache of the function's own would keep the subject alive, and a page with its tree is large:
    the next one would not find the memory still warm.
    """
    name = f"{work.__module__}.{work.__name__}"

    @wraps(work)
    def known(subject: S) -> T:
        of_subject = vars(subject)
        if name not in of_subject:
            of_subject[name] = work(subject)
        told: T = of_subject[name]
        return told

    return known
