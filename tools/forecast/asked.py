"""How a forecast is asked for."""

from tools.tool import ArgumentWords, Asked
from warehouse.lexicon.phrases import Phrases
from warehouse.text import Text

ASKED = Asked(
    cues=Phrases(
        zh=(
            "预测",
            "预估",
            "预计",
            "(未来|接下来|今后|往后|后面|之后)[的][{n}][个](天|日|周|星期|月|季度|年|半年)",
            "(下周|下星期|下个月|下月|下季度|下个季度|下半年|明天|后天|明年|下一周|下一个月)…(会|能|将|大概|可以|估计)",
            "走向预判",
        ),
        en=(
            "forecast",
            "forecasts",
            "forecasted",
            "forecasting",
            "predict",
            "predicts",
            "predicted",
            "predicting",
            "prediction",
            "predictions",
            "projected",
            "projection",
            "projections",
            "(how much|how many|what) will",
            "will … (be|sell|make|reach|grow|earn|do) … (next|tomorrow|coming|by)",
            "(next|coming) (week|month|quarter|year|season)",
            "(next|coming) {n} (days|weeks|months|quarters|years)",
            "tomorrow",
            "(expect|expected) … (next|tomorrow|coming|future)",
            "in the future",
        ),
    ),
    arguments={
        "metric": ArgumentWords("metric"),
        "ahead": ArgumentWords("period"),
        "grain": ArgumentWords("grain"),
        "by": ArgumentWords("dimension"),
        "where": ArgumentWords("filters"),
        "period": ArgumentWords("period"),
    },
    examples=(
        Text("预测未来30天每天的{metric}", "forecast {metric} by day for the next 30 days"),
        Text(
            "预测未来3个月的{metric}，按月，按{dimension}",
            "forecast {metric} for the next 3 months by month, by {dimension}",
        ),
    ),
)
