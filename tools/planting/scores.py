"""How often a rule found what was planted, and how often it accused wrongly."""

from dataclasses import dataclass, field

GOAL = 0.98


@dataclass
class Score:
    """One rule over all sites."""

    planted: int = 0
    found: int = 0
    false: int = 0
    remarks: list[str] = field(default_factory=list)  # what was missed and what was wrong
    causes: set[str] = field(default_factory=set)  # named where something was found

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        named = self.found + self.false
        return self.found / named if named else 1.0

    def add(self, where: str, is_planted: bool, has_failed: bool, is_right: bool) -> None:
        """Add one site; `is_right`: the finding names what was planted, and that alone."""
        self.planted += is_planted
        self.found += is_planted and is_right
        if is_planted and not is_right:
            self.remarks.append(f"missed: {where}")
        if has_failed and not is_planted:
            self.false += 1
            self.remarks.append(f"false: {where}")
