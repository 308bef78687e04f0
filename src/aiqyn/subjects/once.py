"""A property that is worked out when it is first asked for, and kept.

`functools.cached_property` of Python 3.11 takes a lock each time: a page, which one thread
reads, would pay for it forty times and never need it.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


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
