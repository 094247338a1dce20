"""The eight RFM segments: which scores make one, what it is called, what to do with it."""

from typing import NamedTuple

from tools.tool import Defined
from warehouse.text import Text


class RfmSegment(NamedTuple):
    """A segment by its `high` scores, letters of "rfm"; its name, and what to do with it."""

    high: str
    name: Text
    advice: Text


SEGMENTS = (
    RfmSegment(
        "rfm",
        Text("重要价值客户", "champions"),
        Text("优先服务，给新品和专属权益", "serve first; new products and benefits of their own"),
    ),
    RfmSegment(
        "rm",
        Text("重要发展客户", "promising big spenders"),
        Text("提高购买频次：搭配、会员、复购券", "make them buy more often: bundles, membership, vouchers"),
    ),
    RfmSegment(
        "fm",
        Text("重要保持客户", "loyal customers at risk"),
        Text("主动联系，问清为何不来", "get in touch, and learn why they stay away"),
    ),
    RfmSegment(
        "m",
        Text("重要挽留客户", "big spenders at risk"),
        Text("重点挽回，给大额优惠", "win back first, with a large offer"),
    ),
    RfmSegment(
        "rf",
        Text("一般价值客户", "active small spenders"),
        Text("提高客单：凑单、加价购", "raise the basket: thresholds, add-ons"),
    ),
    RfmSegment(
        "r",
        Text("一般发展客户", "recent small spenders"),
        Text("引导第二单", "lead them to a second order"),
    ),
    RfmSegment(
        "f",
        Text("一般保持客户", "lapsing small spenders"),
        Text("定期触达，少量优惠", "remind them now and then, with a small offer"),
    ),
    RfmSegment(
        "",
        Text("一般挽留客户", "lapsed small spenders"),
        Text("低成本触达，不强求", "reach out only where it is cheap"),
    ),
)  # fmt: skip

RFM = Defined(
    Text("RFM", "RFM"),
    Text(
        "按购买，对截至日的最近一次支付（R）、购买次数（F）、购买金额（M）各打1–5分：1+⌊5×比其差的人占比⌋，"
        "高于该分数的平均为高；按 R、F、M 的高低分为八层",
        "of paid orders: days since the last (R), their number (F) and amount (M) score 1–5 each, "
        "1 + floor(5 × the share of buyers who are worse); high is above the score's mean; eight segments by R, F, M",
    ),
)
