"""What retention shows, in words."""

from collections.abc import Iterator, Mapping, Sequence

from tools.retention.args import Entry, Unit
from tools.retention.findings import Point, averages, differ
from tools.retention.query import Bound
from tools.tool import Figure, Sentence
from warehouse.labels import bucket
from warehouse.text import Text
from warehouse.warehouse import Reading

WHOSE: Mapping[Entry, Text] = {
    "registration": Text("注册用户", "users who registered"),
    "first_purchase": Text("首购用户", "users who first bought"),
}
MOST_SAID = 3
THIN = 30  # users of a cohort below which a share moves by several points with one of them


def sentences(asked: Bound, points: Sequence[Point], reading: Reading) -> tuple[Sentence, ...]:
    """The first periods on average; then which cohort, or group, kept most, or that none differ."""
    told = averages(points, by_part=False)
    after = [each for each in told if each.n > 0] or told
    return (_average(asked, after, reading), *_apart(asked, points, after[0].n))


def nth(unit: Unit, n: int) -> Text:
    """The Nth period after, by its name: 次月, 第3周."""
    if n == 0:
        return {
            "day": Text("当日", "the same day"),
            "week": Text("当周", "the same week"),
            "month": Text("当月", "the same month"),
        }[unit]
    return {
        "day": Text(f"第{n}天", f"day {n}"),
        "week": Text(f"第{n}周", f"week {n}"),
        "month": Text(f"第{n}个月", f"month {n}"),
    }[unit]


def called(asked: Bound, n: int) -> Text:
    """A period, or all of them through it, by its name."""
    if asked.args.within is None:
        return nth(asked.unit, n)
    zh = {"day": "天", "week": "周", "month": "个月"}[asked.unit]
    return Text(f"{n}{zh}内", f"within {n} {asked.unit}{'s' * (n > 1)}")


def _average(asked: Bound, told: Sequence[Point], reading: Reading) -> Sentence:
    window, whose = reading.sayer.window(asked.window), WHOSE[asked.args.cohort or "registration"]
    first = called(asked, told[0].n)
    parts: list[Text | Figure] = [
        Text(f"{window.zh}的{whose.zh}，{first.zh}留存率平均 ", f"{whose.en}, {window.en}: {first.en} retention "),
        Figure(told[0].share, "ratio"),
        Text("（", " on average ("),
        Figure(told[0].users),
        Text(" 人里有 ", " users, "),
        Figure(told[0].returned),
        Text(" 人回来）", " came back)"),
    ]
    for each in told[1:MOST_SAID]:
        said = nth(asked.unit, each.n)
        parts += [Text(f"，{said.zh} ", f", {said.en} "), Figure(each.share, "ratio")]
    return Sentence((*parts, Text("。", ".")))


def _apart(asked: Bound, points: Sequence[Point], n: int) -> Iterator[Sentence]:
    """The best and the worst of the groups, else of the cohorts, and whether chance would have them so."""
    if asked.by is not None:
        rivals = [each for each in averages(points, by_part=True) if each.n == n]
    else:
        rivals = [each for each in points if each.n == n and each.returned is not None]
    known = [each for each in rivals if each.users >= THIN]
    if len(known) < 2:
        return
    ranked = sorted(known, key=lambda each: -(each.share or 0.0))
    sure = differ(known)
    of = Text("各组", "groups") if asked.by is not None else Text("各批次", "cohorts")
    said = called(asked, n)
    best, worst = (_named(each, asked) for each in (ranked[0], ranked[-1]))
    verdict = {
        True: Text("，差异显著。", ", more than chance would have."),
        False: Text("，看不出真正的差别。", ", no real difference."),
        None: Text("；人太少，说不准是不是真的差别。", "; too few users to tell whether it is real."),
    }[sure]
    yield Sentence(
        (
            Text(f"{said.zh}，{of.zh}里{best.zh}最高：", f"in {said.en}, of the {of.en} {best.en} is highest: "),
            Figure(ranked[0].share, "ratio"),
            Text(f"；{worst.zh}最低：", f"; {worst.en} lowest: "),
            Figure(ranked[-1].share, "ratio"),
            verdict,
        )
    )


def _named(point: Point, asked: Bound) -> Text:
    if asked.by is not None:
        named = "—" if point.part is None else str(point.part)
        return Text(named, named)
    grain = asked.args.cohorts
    return Text("", "") if point.start is None or grain is None else bucket(point.start, grain)
