"""What a group of customers is like against all others: what is more, or less, frequent among them."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from pydantic import BaseModel, Field

from tools import population
from tools.chart import Chart
from tools.definitions import of_conditions, once
from tools.profile.facts import facts, told
from tools.profile.findings import Finding, Found, found
from tools.tool import ArgumentWords, Asked, Context, Figure, Result, Sentence, Understood
from warehouse.errors import NotEnoughData
from warehouse.lexicon.phrases import Phrases
from warehouse.query import Condition, People
from warehouse.table import Cell, Column, Table
from warehouse.text import Language, Text
from warehouse.warehouse import Reading

FEWEST = 30
MOST_DRAWN = 15
OF_WHOM = Text("要看哪一部分人的画像？请选一个，或把问题说全：", "A profile of which people? Choose, or ask it whole:")
PROFILE = Text("人群画像", "profile")
COLUMNS = (
    Column("what", Text("方面", "aspect"), "text", "group"),
    Column("value", Text("特征", "trait"), "text", "group"),
    Column("share", Text("组内占比", "share in the group"), "number", "measure", "ratio"),
    Column("others_share", Text("其他人占比", "share of the others"), "number", "measure", "ratio"),
    Column("mean", Text("组内均值", "mean in the group"), "number", "measure"),
    Column("others_mean", Text("其他人均值", "mean of the others"), "number", "measure"),
    Column("lift", Text("提升度", "lift"), "number", "measure"),
    Column("low", Text("下限", "low"), "number", "measure"),
    Column("high", Text("上限", "high"), "number", "measure"),
)
WHOLE = (
    Column("group", Text("组内人数", "people in the group"), "integer", "measure"),
    Column("others", Text("其他人数", "others"), "integer", "measure"),
    Column("tested", Text("检验数", "tests"), "integer", "measure"),
    Column("findings", Text("显著特征数", "traits found"), "integer", "measure"),
)


class ProfileArgs(People):
    """Whose profile; all others are what they are held against."""

    where: tuple[Condition, ...] = Field(min_length=1)


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
        arguments={"where": ArgumentWords("people", needed=OF_WHOM)},
        examples=(Text("{period}{behaviour}的{people}画像", "profile of {people}s who {behaviour} in {period}"),),
    )  # fmt: skip

    def run(self, args: ProfileArgs, context: Context) -> Result:
        """What is significantly more or less frequent in the group, the surest first."""
        reading = context.reading
        crowd = reading.resolver.people(args)
        asked = told(crowd, reading)
        known = facts(crowd, asked, context)
        group = int(known.marked.sum())
        others = len(known.marked) - group
        _check_enough(group, others)
        findings = found(known, group, others)
        rows = _table(findings.findings, reading.model.customer.words.label, context.language)
        whole = Table(WHOLE, ((group, others, findings.tested, len(findings.findings)),), 1)
        understood = self.say(args, reading, dated=True)
        return Result(
            understood=understood,
            sentences=_sentences(findings, whole, reading),
            table=rows.first(context.limit),
            witnesses=(whole, rows),
            chart=_chart(findings.findings, understood, context.language) if findings.findings else None,
            sql=known.sql,
            definitions=once(of_conditions(crowd.where, reading.model)),
            notes=_notes(findings, asked.own, reading),
        )

    def say(self, args: ProfileArgs, reading: Reading, *, dated: bool = False) -> Text:
        """The plan in words."""
        return population.said(PROFILE, reading.resolver.people(args), reading, dated=dated)

    def pieces(self, args: ProfileArgs, reading: Reading) -> tuple[Understood, ...]:
        """The same, piece by piece."""
        return population.pieces(PROFILE, reading.resolver.people(args), reading)

    def export(self, args: ProfileArgs, context: Context) -> None:
        """All of it is in the table."""


def _check_enough(group: int, others: int) -> None:
    if min(group, others) < FEWEST:
        raise NotEnoughData(
            Text(
                f"画像两边都至少要 {FEWEST} 人：这群人有 {group} 位，其他人有 {others} 位。",
                f"A profile needs {FEWEST} people on both sides: the group has {group}, the others are {others}.",
            ),
            Text("请放宽或收紧人群条件。", "Ask about more people, or fewer."),
        )


def _table(findings: Sequence[Finding], label: Text, language: Language) -> Table:
    users = Column("users", Text(f"{label.zh}数", f"{label.en}s"), "integer", "measure")
    rows: list[tuple[Cell, ...]] = []
    for each in findings:
        shares = (each.inside, each.outside) if each.is_share else (None, None)
        means = (None, None) if each.is_share else (each.inside, each.outside)
        lift = each.lift.ratio if each.lift.ratio != float("inf") else None
        named = (each.what.said(language), each.value.said(language))
        rows.append((*named, *shares, *means, lift, each.lift.low, each.lift.high, each.users))
    return Table((*COLUMNS, users), tuple(rows), len(rows))


def _sentences(found: Found, whole: Table, reading: Reading) -> tuple[Sentence, ...]:
    group, others, _, count = whole.rows[0]
    label = reading.model.customer.words.label
    first = Sentence((
        Text("这 ", "These "), Figure(group), Text(f" 位{label.zh}与其他 ", f" {label.en}s differ from the other "),
        Figure(others), Text(" 位相比，有 ", " in "), Figure(count), Text(" 项显著不同。", " significant traits."),
    ))  # fmt: skip
    if not found.findings:
        return (first,)
    parts: list[Text | Figure] = [Text("最突出的：", "Most of all: ")]
    for at, each in enumerate(sorted(found.findings, key=lambda each: each.lift.ratio <= 1)[:3]):
        if at:
            parts.append(Text("；", "; "))
        parts += _told(each)
    return (first, Sentence((*parts, Text("。", "."))))


def _told(each: Finding) -> Iterator[Text | Figure]:
    unit = "ratio" if each.is_share else None
    yield Text(f"{each.what.zh} {each.value.zh}，", f"{each.what.en} {each.value.en}, ")
    yield Figure(each.inside, unit)
    yield Text(" 对 ", " against ")
    yield Figure(each.outside, unit)
    if each.lift.ratio != float("inf"):
        yield Text("，是其他人的 ", ", or ")
        yield Figure(each.lift.ratio)
        yield Text(" 倍", " times the others'")


def _chart(findings: Sequence[Finding], understood: Text, language: Language) -> Chart:
    columns = (COLUMNS[1], *(each for each in COLUMNS if each.name in {"lift", "low", "high"}))
    known = [each for each in findings if each.lift.ratio != float("inf")][:MOST_DRAWN]
    rows = tuple(
        (f"{each.what.said(language)}: {each.value.said(language)}", each.lift.ratio, each.lift.low, each.lift.high)
        for each in known
    )
    title = Text("提升度（其他人为 1）", "Lift (the others are 1)")
    data = Table(columns, rows, len(rows))
    return Chart("bar", title, understood, x="value", y=("lift",), bands=(("low", "high"),), data=data)


def _notes(found: Found, own: Sequence[Text], reading: Reading) -> tuple[Text, ...]:
    notes = [
        Text(
            f"方法：占比用 Pearson 检验（人数少时用 Fisher 精确检验），均值用 Mann–Whitney 检验；"
            f"{found.tested} 个检验按 Holm 法校正，整体错判概率不超过 1%。"
            f"提升度是组内与其他人之比，区间为 95%（对数尺度）。",
            f"Method: Pearson's test for shares (Fisher's exact one for few people), Mann and Whitney's for means; "
            f"{found.tested} tests corrected by Holm: the chance of any false finding is at most 1%. The lift is the "
            f"group's over the others', with its 95% interval on the log scale.",
        ),
        Text(
            f"数据：截至 {reading.as_of} 的全部用户；行为指做过至少一次。相关不等于因果。",
            f"Data: everybody as of {reading.as_of}; a behaviour means done at least once. A difference is no cause.",
        ),
    ]
    if "purchase" not in reading.model.roles:
        notes.append(
            Text(
                "模型没有说明角色 purchase，购买次数和金额没有比较。",
                "The model fills no role purchase: how often and how much people buy is not compared.",
            )
        )
    left = tuple(dict.fromkeys((*own, *found.by_definition)))
    if left:
        notes.append(
            Text(
                f"由人群条件本身决定、不作为特征的：{'、'.join(each.zh for each in left)}。",
                f"Left out, as the group's own conditions tell it: {', '.join(each.en for each in left)}.",
            )
        )
    return tuple(notes)
