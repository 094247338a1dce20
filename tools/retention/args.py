"""What retention is asked by, and the words that ask for it."""

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from tools.tool import ArgumentWords, Asked
from warehouse.errors import Unfit
from warehouse.lexicon.phrases import Phrases
from warehouse.period import Period
from warehouse.query import People
from warehouse.text import Text

Unit = Literal["day", "week", "month"]
Entry = Literal["registration", "first_purchase"]
Back = Literal["event", "purchase", "order"]
USUAL: dict[Entry, Back] = {"registration": "event", "first_purchase": "purchase"}
MOST_PERIODS = 400
SECOND = 2  # 第二天 is the next day, though it says two


class RetentionArgs(People):
    """Cohorts by their registration or first purchase, and who of them came back in the Nth period after.

    Retention after days is of those who registered; of weeks and months there are two, and one must be told.

    `unit` is how long a period is, `grain` how long a cohort: the same, unless days are counted, when all who came in
    the time asked are one cohort. `next` is the first period after: 次日. `n` is one period alone, `through` all up to
    it, each by itself; `within` asks for those who came back at least once in as many periods after. `back` is what
    coming back is: a purchase of those who purchased and any event of those who registered, unless told; `returned`
    any behaviour of the model.
    """

    next: Unit | None = None
    n: int | None = Field(None, ge=1, le=MOST_PERIODS)
    through: int | None = Field(None, ge=1, le=MOST_PERIODS)
    within: int | None = Field(None, ge=1, le=MOST_PERIODS)
    unit: Unit | None = None
    grain: Unit | None = None
    cohort: Entry | None = None
    back: Back | None = None
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
        if rest.get("n") not in (None, SECOND) or rest.get("unit") not in (None, told["next"]):
            raise Unfit(
                "次日、次周、次月就是第 1 个，不能再说第几个", "the next period is the first: n and unit are told by it"
            )
        return {**rest, "n": 1, "unit": told["next"]}

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.cohort is None and self.unit == "day":  # days after are of those who registered
            object.__setattr__(self, "cohort", "registration")
        if sum(each is not None for each in (self.n, self.through, self.within)) > 1:
            raise Unfit("n、through、within 只能说一个", "n, through and within are not told together")
        if self.unit == self.grain and self.single is None and self.through is None:  # told twice
            object.__setattr__(self, "unit", None)
        if self.back is not None and self.returned:
            raise Unfit("回来指什么只能说一次", "what coming back is, is told once")
        if self.cohort is not None and self.back == USUAL[self.cohort]:
            object.__setattr__(self, "back", None)
        return self

    @property
    def periods(self) -> Unit:
        """How long a period is."""
        return self.unit or self.grain or "month"

    @property
    def single(self) -> int | None:
        """The one period asked for, or the last of those taken together."""
        return self.n if self.within is None else self.within

    @property
    def cohorts(self) -> Unit | None:
        """How long a cohort is; None where all are one."""
        return self.grain or (None if self.periods == "day" else self.periods)


# Words that stand around one another take the same stretch of a question, or one takes all of the other's.
RATE = "留存[率|曲线|分析|情况|表]"
AGAIN = "(还|又|再|也|会|仍|都)"
AFTER = {"day": "(天|日)", "week": "[个]周", "month": "个月"}
BACK_AGAIN: Mapping[Back, Text] = {
    "event": Text("(回来|来|活跃|登录|访问|回访)", "(came back|come back|active again|visited again)"),
    "purchase": Text("(购买|买|支付|付款|复购|回购)", "(bought|buy|buys|purchased|purchase|paid) again"),
    "order": Text("下单", "(ordered|order|orders) again"),
}
VERB = "回来|来|活跃|登录|访问|回访|购买|买|支付|付款|复购|回购|下单"
VERBS = f"({VERB})"
AT_ALL = "[又|再|还|会|还会|能|至少]"
LATER = "{n}(天|日|周|个周|个月)[之|以](后|内)"
ENTERED = "注册后|注册之后|注册以后|首购后|首购之后|首购以后|首单后|首次购买后"
NEXT = "(次日|次周|次月|第二天|第二周|第二个月|下一周|下一个月)"


def _one(unit: Unit) -> Phrases:
    """How the Nth period alone is told."""
    nth = "第{n}[个]月" if unit == "month" else f"第{{n}}{AFTER[unit]}"
    return Phrases(
        zh=(
            nth,
            f"{{n}}{AFTER[unit]}[{VERB}]{RATE}",
            f"{{n}}{AFTER[unit]}[之|以]后[还|又|再|也|会|仍|都|的]",
            f"({ENTERED}){{n}}{AFTER[unit]}[的][{VERB}]{RATE}",
        ),
        en=(
            f"{unit} {{n}}[ retention][ rate]",
            f"{{n}}[-| ]{unit} [purchase |order |repurchase ]retention[ rate]",
            f"({unit[0]}{{n}})[ retention][ rate]",
            f"{{n}} ({unit}|{unit}s) (later|after)",
        ),
    )


def _up_to(unit: Unit) -> Phrases:
    """How all periods up to the Nth are told."""
    long = AFTER[unit]
    return Phrases(
        zh=(
            f"(前|之后|往后|后续){{n}}{long}内",
            f"(看|只看|看看|观察|跟踪|追踪)[到|前|之后|往后|后续]{{n}}{long}",
            f"(前|之后|往后|后续){{n}}{long}[的]{RATE}",
        ),
        en=(f"[over |for |in |up to ][the ](first|following) {{n}} ({unit}|{unit}s)", f"up to {unit} {{n}}"),
    )


def _within(unit: Unit) -> Phrases:
    """How it is told that all periods up to the Nth count as one."""
    long = AFTER[unit]
    return Phrases(
        zh=(
            f"[{ENTERED}]{{n}}{long}[之|以]内[的][{VERB}][的]{RATE}",
            f"({ENTERED}){{n}}{long}[之|以]内{AT_ALL}[{VERB}][了|过][一次]",
            f"{{n}}{long}[之|以]内{AT_ALL}{VERBS}[了|过][一次]",
            f"{{n}}{long}[之|以]内至少一次",
        ),
        en=(
            f"[at least once ]within {{n}} ({unit}|{unit}s)[ after| of registering| of registration| of signing up]",
            f"within {{n}} ({unit}|{unit}s) retention[ rate]",
        ),
    )


def _next(zh: str, en: str) -> Phrases:
    """How the first period after is told."""
    return Phrases(
        zh=(f"({zh})[还|又|再|也|会|仍|都]", f"({zh}){RATE}"),
        en=(f"[in ][the ](next|following) {en}", f"next-{en}[ retention][ rate]"),
    )


def _back(back: Back) -> Phrases:
    """How it is told what coming back is."""
    zh, en = BACK_AGAIN[back]
    rate = (f"{back} retention[ rate]",) if back != "event" else ()
    chinese = (f"{AGAIN}{zh}[了|过]", f"{zh}{RATE}", f"内{AT_ALL}{zh}[了|过]")
    return Phrases(zh=chinese, en=(f"[who ]{en}", *rate))


def _joined(*phrases: Phrases) -> Phrases:
    return Phrases(zh=tuple(e for of in phrases for e in of.zh), en=tuple(e for of in phrases for e in of.en))


UNITS: tuple[Unit, ...] = ("day", "week", "month")
ASKED = Asked(
    cues=Phrases(
        zh=(
            "留存[率|分析|情况|曲线|表|热力图|图|人数][图|表]",
            "同期群[分析]",
            "cohort",
            f"{NEXT}[还|又|再|也|会|仍|都]…{VERBS}[了|过][的比例|的占比|的人数|比例|占比]",
            f"[有](多少|多大)[的](比例|人|用户)[在|会]{NEXT}[还|又|再|也|会|仍|都]…{VERBS}[了|过][的比例|的占比|的人数|比例|占比]",
            f"{{n}}[个](天|周|月)[之|以]后[还|又|再|仍]…{VERBS}[了|过][的比例|的占比|的人数|比例|占比]",
        ),
        en=(
            "retention[ rate| rates| analysis| curve| curves| table]",
            "retained",
            "retain",
            "cohort[ analysis| table]",
            "cohorts",
            (
                "(came|come|comes|coming) back (the|in the|a|{n}) "
                "(next|following|week|month|day|days|weeks|months)[ later]"
            ),
            "(bought|ordered|purchased|active) again (the|in the) (next|following) (day|week|month)",
            (
                "(what percentage of|what share of|how many of|how many) … "
                "(bought|ordered|purchased|active) again (the|in the) (next|following) (day|week|month)"
            ),
            (
                "(what percentage of|what share of|how many of|how many) … (came|come) back (the|in the|a|{n}) "
                "(next|following|week|month|day|days|weeks|months)[ later]"
            ),
        ),
    ),
    arguments={
        "next": ArgumentWords(
            "choice",
            choices={
                "day": _next("次日|第二天", "day"),
                "week": _next("次周|第二周|下一周", "week"),
                "month": _next("次月|第二个月|下一个月", "month"),
            },
        ),
        "n": ArgumentWords("number", phrases=_joined(*map(_one, UNITS))),
        "through": ArgumentWords("number", phrases=_joined(*map(_up_to, UNITS))),
        "within": ArgumentWords("number", phrases=_joined(*map(_within, UNITS))),
        "unit": ArgumentWords(
            "choice",
            choices={
                each: _joined(
                    _one(each), _up_to(each), _within(each), Phrases(zh=(f"{zh}{RATE}",), en=(f"after {each}s",))
                )
                for each, zh in zip(UNITS, "日周月", strict=True)
            },
        ),
        "grain": ArgumentWords("grain"),
        "cohort": ArgumentWords(
            "choice",
            needed=Text("要看哪一批用户的留存？请选一个：", "Whose retention? Choose:"),
            choices={
                "registration": Phrases(
                    zh=(
                        "注册(用户|的用户|的人|客户|的客户|会员)",
                        "注册[之|以]后",
                        f"注册{LATER}",
                        f"注册{RATE}",
                        "新[增|注册][的]用户",
                        "新人",
                    ),
                    en=(
                        "(those|users|customers|members) who (registered|signed up)",
                        "(registration cohorts|registration cohort)",
                        "(new|registered) users",
                        "(sign-up|signup)",
                    ),
                ),
                "first_purchase": Phrases(
                    zh=(
                        "复购",
                        "首购[用户|的用户|的人|客户]",
                        "(首购|首单|首次购买|首次支付)[之|以]后",
                        f"(首购|首单|首次购买|首次支付){LATER}",
                        "首单[用户]",
                        "首次(购买|支付)[的用户|的人]",
                        "新(客|顾客|客户)",
                    ),
                    en=(
                        "(those|users|customers|members) who first (bought|purchased)",
                        "(first-purchase|first purchase|repurchase|repeat-purchase|repeat purchase)",
                        "(new customer|new customers|first-time buyers)",
                    ),
                ),
            },
        ),
        "back": ArgumentWords("choice", choices={each: _back(each) for each in BACK_AGAIN}),
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
