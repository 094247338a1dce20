"""A funnel's counts as its table: shares, losses, and whether two groups differ by more than chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tools.stats.proportions import equal_counts, holm, same_proportion, two_proportions
from warehouse.table import Cell, Column, Table
from warehouse.text import Language, Text

NAME = Column("step", Text("步骤", "step"), "text", "group")
TRANSLATED = Column("step_name", Text("步骤名称", "step name"), "text", "attribute")
MEASURES = (
    Column("users", Text("人数", "users"), "integer", "measure"),
    Column("share_of_first", Text("占第一步", "share of the first step"), "number", "measure", "ratio"),
    Column("share_of_previous", Text("占上一步", "share of the step before"), "number", "measure", "ratio"),
    Column("lost", Text("比上一步少", "lost since the step before"), "integer", "measure"),
)
COMPARED = (
    Column(
        "share_of_first_difference",
        Text("占第一步差值", "share of the first step, difference"),
        "number",
        "measure",
        "pp",
    ),
    Column(
        "share_of_previous_difference",
        Text("占上一步差值", "share of the step before, difference"),
        "number",
        "measure",
        "pp",
    ),
    Column(
        "p_value", Text("占上一步差值的 p 值", "p-value of the difference since the step before"), "number", "measure"
    ),
)
SURE = 0.05


@dataclass(frozen=True)
class Counts:
    """The users of each step, in order, of everybody or of one group."""

    group: Cell
    users: tuple[int, ...]

    @property
    def conversion(self) -> float | None:
        """The last step's share of the first."""
        return self.of_first(len(self.users) - 1)

    @property
    def lost(self) -> tuple[int, ...]:
        """How many are lost on the way to each step after the first."""
        return tuple(before - after for before, after in pairwise(self.users))

    def of_first(self, at: int) -> float | None:
        """A step's share of the first."""
        return self.users[at] / self.users[0] if self.users[0] else None

    def of_previous(self, at: int) -> float | None:
        """A step's share of the step before it; the first has none."""
        return self.users[at] / self.users[at - 1] if at and self.users[at - 1] else None


@dataclass(frozen=True)
class Compared:
    """Two groups step by step: the differences of their shares, and how likely chance alone makes each."""

    first: Counts
    second: Counts

    @property
    def p_values(self) -> list[float | None]:
        """Of the share of the step before, at each step after the first; several tests, so each the stricter."""
        ways = zip(pairwise(self.first.users), pairwise(self.second.users), strict=True)
        return holm([two_proportions(a, of_a, b, of_b) for (of_a, a), (of_b, b) in ways])

    @property
    def overall(self) -> float | None:
        """Of the last step's share of the first."""
        one, other = self.first.users, self.second.users
        return two_proportions(one[-1], one[0], other[-1], other[0])

    @property
    def apart(self) -> list[int]:
        """The steps whose shares of the step before differ by more than chance, the widest apart first."""
        sure = [at for at, p in enumerate(self.p_values, 1) if p is not None and p < SURE]
        return sorted(sure, key=lambda at: -abs(self.previous_difference(at) or 0))

    def first_difference(self, at: int) -> float | None:
        """The first group's share of the first step less the second's."""
        return _less(self.first.of_first(at), self.second.of_first(at))

    def previous_difference(self, at: int) -> float | None:
        """The first group's share of the step before less the second's."""
        return _less(self.first.of_previous(at), self.second.of_previous(at))


def most_lost(counts: Counts) -> tuple[int, bool]:
    """The step before which most users are lost, and whether clearly more than before any other."""
    ranked = sorted(range(len(counts.lost)), key=lambda at: (-counts.lost[at], at))
    if len(ranked) == 1:
        return ranked[0] + 1, True
    p = equal_counts(counts.lost[ranked[0]], counts.lost[ranked[1]])
    return ranked[0] + 1, p is not None and p < SURE


def differ(groups: Sequence[Counts]) -> bool:
    """Whether the groups' conversions differ by more than chance; those too thin to tell are left out."""
    known = [each for each in groups if each.users[0]]
    fit = [e for e in known if same_proportion(*_pair(e, known)) is not None]
    p = same_proportion([e.users[-1] for e in fit], [e.users[0] for e in fit])
    return p is not None and p < SURE


def by_group(rows: Sequence[Sequence[Cell]], steps: int) -> list[Counts]:
    """Counts by group from rows of group, step, users: most in the first step first, a missing group last."""
    found: dict[Cell, dict[int, int]] = {}
    for group, step, users in rows:
        found.setdefault(group, {})[int(str(step))] = int(str(users))
    counts = [Counts(group, tuple(of.get(at, 0) for at in range(1, steps + 1))) for group, of in found.items()]
    return sorted(counts, key=lambda each: (-each.users[0], each.group is None, str(each.group)))


def table(
    groups: Sequence[Counts], labels: Sequence[Text], key: Column | None, compared: Compared | None, language: Language
) -> Table:
    """One row a group and step; of two groups compared the first's carry the differences."""
    translated = language != "zh"
    columns = [*([] if key is None else [key]), NAME, *([TRANSLATED] if translated else []), *MEASURES]
    rows: list[tuple[Cell, ...]] = []
    for counts in groups:
        for at, label in enumerate(labels):
            named: list[Cell] = [label.zh, *([label.en] if translated else [])]
            lost = counts.lost[at - 1] if at else None
            values = (counts.users[at], counts.of_first(at), counts.of_previous(at), lost)
            further = () if compared is None else _differences(compared, at, first=counts is compared.first)
            rows.append((*([] if key is None else [counts.group]), *named, *values, *further))
    return Table((*columns, *(COMPARED if compared else ())), tuple(rows), len(rows))


def _differences(compared: Compared, at: int, *, first: bool) -> tuple[Cell, ...]:
    if not first or at == 0:
        return (None, None, None)
    return compared.first_difference(at), compared.previous_difference(at), compared.p_values[at - 1]


def _pair(one: Counts, known: Sequence[Counts]) -> tuple[list[int], list[int]]:
    """A group beside all the others: converted, and all."""
    converted, size = sum(e.users[-1] for e in known), sum(e.users[0] for e in known)
    return [one.users[-1], converted - one.users[-1]], [one.users[0], size - one.users[0]]


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other
