"""What a group of customers is like against all others: what is more, or less, frequent among them."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Self

from pydantic import BaseModel, model_validator

from tools import population
from tools.chart import Chart
from tools.definitions import of_conditions, once
from tools.profile.facts import facts, told
from tools.profile.findings import Finding, Found, found
from tools.profile.notes import notes
from tools.profile.sides import Sides, columns, sides_of
from tools.tool import ArgumentWords, Asked, Context, Figure, Result, Sentence, Understood
from warehouse.errors import NotEnoughData, Unfit
from warehouse.lexicon.phrases import Phrases
from warehouse.query import People, Versus
from warehouse.table import Cell, Column, Table
from warehouse.text import Language, Text
from warehouse.warehouse import Reading

FEWEST = 30
MOST_DRAWN = 15
OF_WHOM = Text("要看哪一部分人的画像？请选一个，或把问题说全：", "A profile of which people? Choose, or ask it whole:")
PROFILE = Text("人群画像", "profile")
WHOLE = (
    Column("group", Text("组内人数", "people in the group"), "integer", "measure"),
    Column("others", Text("其他人数", "others"), "integer", "measure"),
    Column("tested", Text("检验数", "tests"), "integer", "measure"),
    Column("findings", Text("显著特征数", "traits found"), "integer", "measure"),
)


class ProfileArgs(People):
    """Whose profile; all others are what they are held against, or, of two groups compared, the first the second."""

    compare: Versus | None = None

    @model_validator(mode="after")
    def _of_some(self) -> Self:
        if not (self.where or self.compare):
            raise Unfit("画像是一部分人的", "a profile is one of some people")
        return self


class ProfileTool:
    """What sets people apart."""

    name: ClassVar[str] = "profile"
    answers: ClassVar[Text] = Text(
        "人群画像：和其他人相比有什么特征", "profile: what people are like against all others"
    )
    Args: ClassVar[type[BaseModel]] = ProfileArgs
    asked: ClassVar[Asked] = Asked(
        cues=Phrases(
            zh=(
                "画像", "长什么样",
                "有[什么|哪些|啥|何][样的|共同|共性|典型|明显|显著|突出][的](特征|特点|特性|共性|共同点|特色)",
                "(特征|特点|共同点)是什么", "(什么样|怎样|怎么样|哪类|哪种)的(人|人群|用户|客户|顾客)",
                "[的](特征|特点)[有什么|有哪些|有何|上的|的]{gap}",
                "[都]是(些|一群|一些)什么[样的]人", "刻画", "(构建|搭建|绘制|描绘|生成|建立) … 画像",
            ),
            en=(
                "persona", "personas", "profile", "(profile|profiles) of",
                "(user|customer|buyer|shopper) (profile|profiles)",
                "^profile (our|the|these|those|them)", "what do … … look like", "what (are|is) … … like",
                "(characteristics|traits|features) of", "have in common", "what sets … apart", "characterize",
                "characterise",
                "what kind of (people|users|customers|person|customer|shoppers)",
            ),
        ),
        arguments={"compare": ArgumentWords("comparison"), "where": ArgumentWords("people", needed=OF_WHOM)},
        examples=(Text("{period}{behaviour}的{people}画像", "profile of {people}s who {behaviour} in {period}"),),
    )  # fmt: skip

    def run(self, args: ProfileArgs, context: Context) -> Result:
        """What is significantly more or less frequent in the group, the surest first."""
        reading, sides = context.reading, sides_of(args.where, args.compare, context.reading)
        asked = told(sides.group, reading)
        known = facts(sides.group, sides.among, asked, context)
        group = int(known.marked.sum())
        others = len(known.marked) - group
        _check_enough(group, others, sides)
        findings = found(known, group, others)
        rows = _table(findings.findings, sides, reading.model.customer.words.label, context.language)
        whole = Table(WHOLE, ((group, others, findings.tested, len(findings.findings)),), 1)
        understood = self.say(args, reading, dated=True)
        return Result(
            understood=understood,
            sentences=_sentences(findings, whole, sides, reading),
            table=rows.first(context.limit),
            witnesses=(whole, rows),
            chart=_chart(findings.findings, sides, understood, context.language) if findings.findings else None,
            sql=known.sql,
            definitions=once(of_conditions(sides.of.where, reading.model)),
            notes=notes(findings, asked.own, sides, reading),
        )

    def say(self, args: ProfileArgs, reading: Reading, *, dated: bool = False) -> Text:
        """The plan in words."""
        sides = sides_of(args.where, args.compare, reading)
        further = (each.words for each in _further(sides))
        return population.said(PROFILE, sides.of, reading, *further, dated=dated)

    def pieces(self, args: ProfileArgs, reading: Reading) -> tuple[Understood, ...]:
        """The same, piece by piece."""
        sides = sides_of(args.where, args.compare, reading)
        return population.pieces(PROFILE, sides.of, reading, *_further(sides))

    def export(self, args: ProfileArgs, context: Context) -> None:
        """All of it is in the table."""


def _further(sides: Sides) -> Iterator[Understood]:
    """The groups compared, where two are."""
    if sides.compared is not None:
        yield Understood("comparison", sides.compared, "compare")


def _check_enough(group: int, others: int, sides: Sides) -> None:
    if min(group, others) < FEWEST:
        first, second = sides.first, sides.second
        raise NotEnoughData(
            Text(
                f"画像两边都至少要 {FEWEST} 人：{first.zh}有 {group} 位，{second.zh}有 {others} 位。",
                f"A profile needs {FEWEST} people on both sides; {first.en}: {group}, {second.en}: {others}.",
            ),
            Text("请放宽或收紧人群条件。", "Ask about more people, or fewer."),
        )


def _table(findings: Sequence[Finding], sides: Sides, label: Text, language: Language) -> Table:
    users = Column("users", Text(f"{label.zh}数", f"{label.en}s"), "integer", "measure")
    rows: list[tuple[Cell, ...]] = []
    for each in findings:
        shares = (each.inside, each.outside) if each.is_share else (None, None)
        means = (None, None) if each.is_share else (each.inside, each.outside)
        lift = each.lift.ratio if each.lift.ratio != float("inf") else None
        named = (each.what.said(language), each.value.said(language))
        rows.append((*named, *shares, *means, lift, each.lift.low, each.lift.high, each.users))
    return Table((*columns(sides), users), tuple(rows), len(rows))


def _sentences(found: Found, whole: Table, sides: Sides, reading: Reading) -> tuple[Sentence, ...]:
    group, others, _, count = whole.rows[0]
    label = reading.model.customer.words.label
    first, then = Text("这 ", "These "), Text(f" 位{label.zh}与其他 ", f" {label.en}s differ from the other ")
    if sides.compared is not None:
        first = Text(f"{sides.first.zh}的 ", f"{sides.first.en}: ")
        then = Text(f" 位{label.zh}与{sides.second.zh}的 ", f" {label.en}s differ from {sides.second.en}: ")
    lead = Sentence((
        first, Figure(group), then, Figure(others), Text(" 位相比，有 ", ", in "), Figure(count),
        Text(" 项显著不同。", " significant traits."),
    ))  # fmt: skip
    if not found.findings:
        return (lead,)
    parts: list[Text | Figure] = [Text("最突出的：", "Most of all: ")]
    for at, each in enumerate(sorted(found.findings, key=lambda each: each.lift.ratio <= 1)[:3]):
        if at:
            parts.append(Text("；", "; "))
        parts += _told(each, sides)
    return (lead, Sentence((*parts, Text("。", "."))))


def _told(each: Finding, sides: Sides) -> Iterator[Text | Figure]:
    unit = "ratio" if each.is_share else None
    yield Text(f"{each.what.zh} {each.value.zh}，", f"{each.what.en} {each.value.en}, ")
    yield Figure(each.inside, unit)
    yield Text(" 对 ", " against ")
    yield Figure(each.outside, unit)
    if each.lift.ratio != float("inf"):
        yield Text(f"，是{sides.second.zh}的 ", ", or ")
        yield Figure(each.lift.ratio)
        yield Text(" 倍", f" times that of {sides.second.en}")


def _chart(findings: Sequence[Finding], sides: Sides, understood: Text, language: Language) -> Chart:
    shown = [each for each in columns(sides) if each.name in {"value", "lift", "low", "high"}]
    known = [each for each in findings if each.lift.ratio != float("inf")][:MOST_DRAWN]
    rows = tuple(
        (f"{each.what.said(language)}: {each.value.said(language)}", each.lift.ratio, each.lift.low, each.lift.high)
        for each in known
    )
    title = Text(f"提升度（{sides.second.zh}为 1）", f"Lift ({sides.second.en}: 1)")
    data = Table(tuple(shown), rows, len(rows))
    return Chart("bar", title, understood, x="value", y=("lift",), bands=(("low", "high"),), data=data)
