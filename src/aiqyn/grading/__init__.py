"""Grade open data from its bytes: findings of rules, and five stars that nobody can declare."""

from aiqyn.grading.grade import grade
from aiqyn.grading.model import Grade, Stars, Step

__all__ = ["Grade", "Stars", "Step", "grade"]
