"""What retention is asked by, and the words that ask for it."""

from typing import Any, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from tools.tool import ArgumentWords, Asked
from warehouse.errors import Unfit
from warehouse.lexicon.phrases import Phrases
from warehouse.period import Period
from warehouse.query import People
from warehouse.text import Text

Unit = Literal["day", "week", "month"]
Entry = Literal["registration", "first_purchase"]
MOST_PERIODS = 400
SECOND = 2  # 第二天 is the next day, though it says two


class RetentionArgs(People):
    """Cohorts by their registration or first purchase, and who of them came back in the Nth period after.

    `unit` is how long a period is, `grain` how long a cohort: the same, unless days are counted, when all who came in
    the time asked are one cohort. `next` is the first period after: 次日. `n` is one period alone, `through` all up to
    it. `returned` is the behaviour that is coming back: a purchase of those who purchased, else any event.
    """

    next: Unit | None = None
    n: int | None = Field(None, ge=1, le=MOST_PERIODS)
    through: int | None = Field(None, ge=1, le=MOST_PERIODS)
    unit: Unit | None = None
    grain: Unit | None = None
    cohort: Entry | None = Field(None, validate_default=True)
    returned: tuple[str, ...] = Field((), max_length=1)
    period: Period | None = None
    by: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _next_is_the_first(cls, told: Any) -> Any:
        """次月 is one month after, told otherwise."""
        if not isinstance(told, dict) or told.get("next") is None:
            return told
        rest = {name: value for name, value in told.items() if name != "next"}
        if rest.get("n") not in {None, SECOND} or rest.get("unit") not in {None, told["next"]}:
            raise Unfit(
                "次日、次周、次月就是第 1 个，不能再说第几个", "the next period is the first: n and unit are told by it"
            )
        return {**rest, "n": 1, "unit": told["next"]}

    @field_validator("cohort")
    @classmethod
    def _whose(cls, cohort: Entry | None, info: ValidationInfo) -> Entry:
        """Retention after days is of those who registered; of weeks and months there are two, and one must be told."""
        if cohort is not None:
            return cohort
        if info.data.get("unit") == "day":
            return "registration"
        raise Unfit("要说明是注册用户还是首购用户的留存", "tell whether of those who registered or who first bought")

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.n is not None and self.through is not None:
            raise Unfit("n 和 through 只能说一个", "n and through are not told together")
        return self

    @property
    def periods(self) -> Unit:
        """How long a period is."""
        return self.unit or self.grain or "month"

    @property
    def cohorts(self) -> Unit | None:
        """How long a cohort is; None where all are one."""
        return self.grain or (None if self.periods == "day" else self.periods)


AFTER = {"day": "(天|日)", "week": "[个]周", "month": "个月"}


def _one(unit: Unit) -> Phrases:
    """How the Nth period alone is told."""
    en = unit
    zh = ("第{n}[个]月",) if unit == "month" else (f"第{{n}}{AFTER[unit]}",)
    return Phrases(
        zh=(*zh, f"{{n}}{AFTER[unit]}留存", f"{{n}}{AFTER[unit]}[之|以]后"),
        en=(
            f"{en} {{n}}",
            f"{{n}}-{en} retention",
            f"{{n}} {en} retention",
            f"({en[0]}{{n}})",
            f"{{n}} ({en}|{en}s) (later|after)",
        ),
    )


def _up_to(unit: Unit) -> Phrases:
    """How all periods up to the Nth are told."""
    return Phrases(
        zh=(f"(前|之后|往后|后续){{n}}{AFTER[unit]}内",),
        en=(f"[the ](first|following) {{n}} ({unit}|{unit}s)",),
    )


def _joined(*phrases: Phrases) -> Phrases:
    return Phrases(zh=tuple(e for of in phrases for e in of.zh), en=tuple(e for of in phrases for e in of.en))


UNITS: tuple[Unit, ...] = ("day", "week", "month")
ASKED = Asked(
    cues=Phrases(
        zh=(
            "[用户|客户|会员|注册|复购|购买|活跃|新增]留存[率|分析|情况|曲线|表|热力图|图|人数]",
            "同期群[分析]",
            "cohort",
            (
                "(次日|次周|次月|次年|第二天|第二周|第二个月|下一周|下一个月)[还|又|再|也|会|仍|都]…"
                "(回来|来|活跃|买|购买|下单|登录|访问|回访)"
            ),
            "{n}[个](天|周|月)[之|以]后[还|又|再|仍]…(回来|来|活跃|买|购买|下单|登录|访问|回访)",
        ),
        en=(
            "[user |customer ]retention[ rate| rates| analysis| curve| curves| table]",
            "retained",
            "retain",
            "cohort[ analysis| table]",
            "cohorts",
            (
                "(came|come|comes|coming) back (the|in the|a|{n}) "
                "(next|following|week|month|day|days|weeks|months)[ later]"
            ),
            "(bought|ordered|purchased|active) again (the|in the) (next|following) (day|week|month)",
        ),
    ),
    arguments={
        "next": ArgumentWords(
            "choice",
            choices={
                "day": Phrases(zh=("(次日|第二天)",), en=("[the ](next|following) day", "next-day")),
                "week": Phrases(zh=("(次周|第二周|下一周)",), en=("[the ](next|following) week", "next-week")),
                "month": Phrases(zh=("(次月|第二个月|下一个月)",), en=("[the ](next|following) month", "next-month")),
            },
        ),
        "n": ArgumentWords("number", phrases=_joined(*map(_one, UNITS))),
        "through": ArgumentWords("number", phrases=_joined(*map(_up_to, UNITS))),
        "unit": ArgumentWords(
            "choice",
            choices={
                "day": _joined(_one("day"), _up_to("day"), Phrases(zh=("日留存",), en=("after days",))),
                "week": _joined(_one("week"), _up_to("week"), Phrases(zh=("周留存",), en=("after weeks",))),
                "month": _joined(_one("month"), _up_to("month"), Phrases(zh=("月留存",), en=("after months",))),
            },
        ),
        "grain": ArgumentWords("grain"),
        "cohort": ArgumentWords(
            "choice",
            choices={
                "registration": Phrases(
                    zh=("注册[用户|的用户|的人|当月|当周|当日]", "新[增|注册][的]用户", "新人"),
                    en=(
                        "(those|users|customers|members) who (registered|signed up)",
                        "registration",
                        "(new|registered) users",
                        "(sign-up|signup)",
                    ),
                ),
                "first_purchase": Phrases(
                    zh=(
                        "复购",
                        "首购[用户|的用户|的人|客户]",
                        "首单[用户]",
                        "首次(购买|支付)[的用户|的人]",
                        "新(客|顾客|客户)",
                    ),
                    en=(
                        "(those|users|customers|members) who first (bought|purchased)",
                        "(first-purchase|first purchase|repurchase|repeat-purchase|repeat purchase)",
                        "(new customers|first-time buyers)",
                    ),
                ),
            },
        ),
        "returned": ArgumentWords("behaviours"),
        "by": ArgumentWords("dimension"),
        "where": ArgumentWords("people"),
        "period": ArgumentWords("period"),
    },
    examples=(
        Text("{period}首购用户的次月留存率", "next-month retention of users who first bought in {period}"),
        Text("{period}注册用户的7日留存率", "7-day retention of users who registered in {period}"),
    ),
)
