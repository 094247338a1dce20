"""What a reader of a profile should know: how it was found, of whom, what was left out."""

from collections.abc import Sequence

from tools.profile.findings import Found
from tools.profile.sides import Sides
from warehouse.text import Text
from warehouse.warehouse import Reading


def notes(found: Found, own: Sequence[Text], sides: Sides, reading: Reading) -> tuple[Text, ...]:
    """The method, the data, and what is left out."""
    first, second = sides.first, sides.second
    whom = Text("全部用户", "Everybody") if sides.compared is None else sides.compared
    told = [
        Text(
            f"方法：占比用 Pearson 检验（人数少时用 Fisher 精确检验），均值用 Mann–Whitney 检验；"
            f"{found.tested} 个检验按 Holm 法校正，整体错判概率不超过 1%。"
            f"提升度是{first.zh}与{second.zh}之比，区间为 95%（对数尺度）。",
            f"Method: Pearson's test for shares (Fisher's exact one for few people), Mann and Whitney's for means; "
            f"{found.tested} tests corrected by Holm: the chance of any false finding is at most 1%. The lift is "
            f"the ratio of {first.en} to {second.en}, with its 95% interval on the log scale.",
        ),
        Text(
            f"数据：{whom.zh}，截至 {reading.as_of}；行为指做过至少一次。相关不等于因果。",
            f"Data: {whom.en} as of {reading.as_of}; a behaviour means done at least once. A difference is no cause.",
        ),
    ]
    if "purchase" not in reading.model.roles:
        told.append(
            Text(
                "模型没有说明角色 purchase，购买次数和金额没有比较。",
                "The model fills no role purchase: how often and how much people buy is not compared.",
            )
        )
    left = tuple(dict.fromkeys((*own, *found.by_definition)))
    if left:
        told.append(
            Text(
                f"由人群条件本身决定、不作为特征的：{'、'.join(each.zh for each in left)}。",
                f"Left out, as the group's own conditions tell it: {', '.join(each.en for each in left)}.",
            )
        )
    return tuple(told)
