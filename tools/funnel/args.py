"""What a funnel is asked by, and the words that ask for one."""

from typing import Self

from pydantic import Field, model_validator

from tools.tool import ArgumentWords, Asked
from warehouse.errors import Unfit
from warehouse.lexicon.phrases import Phrases
from warehouse.period import Period
from warehouse.query import Against, People, Versus
from warehouse.text import Text


class FunnelArgs(People):
    """The steps, as behaviours in their order; those from looking to paying where none are told.

    `within` is in how many days of the first step the others are to follow. `by` cuts it by a dimension, `compare`
    sets two groups of one side by side, or the period and another one.
    """

    steps: tuple[str, ...] = Field((), max_length=10)
    period: Period | None = None
    by: str | None = None
    compare: Against | Versus | None = None
    within: int | None = Field(None, ge=1, le=366)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if len(self.steps) == 1:
            raise Unfit("漏斗至少要两步", "a funnel has two steps or more")
        if len(set(self.steps)) < len(self.steps):
            raise Unfit("一个步骤写了两次", "a step stands twice")
        if isinstance(self.compare, Versus) and self.by not in {None, self.compare.dimension}:
            raise Unfit("对比和拆分只能按同一个维度", "a comparison is of the dimension that it is cut by")
        return self


ASKED = Asked(
    cues=Phrases(
        zh=(
            "[转化|购物|行为|用户]漏斗[图|分析|模型|情况|数据|转化]",
            "的(购买|下单|支付|成交)漏斗[图|分析|模型|情况|数据]",
            "(哪|哪一|哪个|几)[个](步|步骤|环节)[的][人|用户](流失|掉|卡|跑|走)[得|掉|了|走][的][人|用户][数]最(多|严重|厉害|大)",
            "(每|每一|各|各个|哪|哪一|哪个|几)(步|步骤|环节)…(流失|转化|掉|卡|人|流走)",
            "(流失|掉|卡)在[了](哪|哪一|哪个|什么)[个](步|步骤|环节)",
            "逐步转化[率|情况]",
        ),
        en=(
            "[the ](purchase|conversion|shopping|sales|checkout) (funnel|funnels)[ analysis| chart]",
            "[the ](funnel|funnels)[ analysis| chart]",
            "drop off[ the most| most]",
            "[the ][biggest |largest |worst |main |most ]drop-off",
            "drop-offs",
            "which step … (loses|lost|lose) the most[ users| people| customers]",
            "step-by-step conversion",
            "(which|each|every) step … (lose|lost|conversion|convert|drop|users|people)",
        ),
    ),
    arguments={
        "within": ArgumentWords(
            "number",
            phrases=Phrases(
                zh=("{n}天[之]内(完成|走完|转化|成交)", "(转化窗口|窗口期|窗口)[为|是|：]{n}天"),
                en=(
                    "(done|finished|completed|converting|converted) within {n} (day|days)",
                    "within {n} (day|days)",
                    "{n}[ |-](day|days) [conversion ]window",
                ),
            ),
        ),
        "steps": ArgumentWords("behaviours"),
        "compare": ArgumentWords("comparison"),
        "by": ArgumentWords("dimension"),
        "where": ArgumentWords("people"),
        "period": ArgumentWords("period", shared=True),
    },
    of_steps=Phrases(
        zh=("转化[率|情况|人数]", "流失(率|情况|人数)", "(转化|流失)[了|掉|掉了]多少[个][人|用户|比例]"),
        en=("[the ]conversion[ rate| rates]",),
    ),
    examples=(
        Text("{period}的漏斗", "the funnel, {period}"),
        Text("{period}的漏斗，7天内完成", "the funnel, {period}, done within 7 days"),
    ),
)
