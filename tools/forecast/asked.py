"""How a forecast is asked for.

What tells the days ahead gives a forecast away, and is read as the period.
"""

from tools.tool import ArgumentWords, Asked
from warehouse.lexicon.phrases import Phrases
from warehouse.text import Text

CUES = Phrases(
    zh=(
        "[请|帮我|帮忙|给我][做|做个|做一下|来个|来一下][一下](预测|预估|预计|预判)[一下|结果|值|走势|趋势]",
        "(大概|大约|估计|可能|预计)[会|能|将](是|有|达到|做到)多少",
        "(会|能|将|将会)(是|有|达到|做到|卖到)多少",
        "走向预判",
        "(未来|将来|今后|往后)的",
    ),
    en=(
        "[please |can you |make a |give me a ](forecast|predict|project|prediction|projection)[ of| for| the]",
        "(forecasts|forecasted|forecasting|predicts|predicted|predicting|predictions|projected|projections)[ of| for]",
        "(what|how much|how many|how high) will … be",
        "what will … (look like|come to|reach)",
        "will there be",
        "(will we|are we going to) (make|have|get|see|do|earn|reach)",
        "how much (will we|are we going to|can we expect to) sell",
        "(expected|anticipated)",
    ),
)
HINTS = Phrases(
    zh=(
        "(未来|接下来|今后|往后)[的][{n}][个](天|日|周|星期|月|季度|年|半年)",
        "(下周|下星期|下个月|下月|下季度|下个季度|明天|后天|明年|下一周|下一个月)",
    ),
    en=(
        "(next|coming|following) (week|month|quarter|year)",
        "(next|coming|following) {n} (days|weeks|months|quarters|years)",
        "tomorrow",
    ),
)
BESIDE = Phrases(zh=("[在](未来|将来|今后|往后)[的][一段时间]",), en=("[in the ]future",))
HISTORY = Phrases(
    zh=("[，](用|依据|根据|基于|参考)(最近|过去|近){n}天的(数据|历史|历史数据)[来|做]",),
    en=("[, ](from|using|based on|with) the (last|past) {n} days of (data|history)",),
)
ASKED = Asked(
    cues=CUES,
    hints=HINTS,
    beside=BESIDE,
    arguments={
        "metric": ArgumentWords(
            "metric",
            needed=Text("要预测哪个指标？请选一个，或把问题说全：", "A forecast of what? Choose, or ask it whole:"),
        ),
        "ahead": ArgumentWords("period"),
        "grain": ArgumentWords("grain"),
        "by": ArgumentWords("dimension"),
        "where": ArgumentWords("filters"),
        "history": ArgumentWords("number", phrases=HISTORY),
    },
    examples=(
        Text("预测未来30天每天的{metric}", "forecast {metric} by day for the next 30 days"),
        Text(
            "预测未来8周的{metric}，按周，按{dimension}",
            "forecast {metric} for the next 8 weeks, by week, by {dimension}",
        ),
    ),
)
