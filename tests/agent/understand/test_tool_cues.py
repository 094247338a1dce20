"""Tools are named by many wordings, and by none that asks for plain numbers or people."""

import pytest

from agent.understand.tool_cues import chosen, find, hinted, not_yet
from agent.understand.words import read
from tests.agent.understand.plain_questions import PLAIN_QUESTIONS
from tests.warehouse.evaluation import dev_questions
from tools.registry import TOOLS
from warehouse.lexicon.tools import later

NAMED = (
    ("为什么上个月销售额下降了", "explain"),
    ("这周GMV掉了，是什么原因", "explain"),
    ("销售额跌了主要是谁造成的", "explain"),
    ("最近有没有哪天的订单量不对劲", "anomaly"),
    ("看看销量有没有异动", "anomaly"),
    ("买纸尿裤的人还会买什么", "basket"),
    ("哪些东西适合搭配卖", "basket"),
    ("给沉睡客户推荐点什么好", "recommend"),
    ("库房该进多少货", "replenish"),
    ("哪些商品快卖光了要补", "replenish"),
    ("口红降价10%会怎样", "pricing"),
    ("如果面膜涨价5块，利润变化多大", "pricing"),
    ("下个月销售额会是多少", "forecast"),
    ("未来两周每天订单数", "forecast"),
    ("详情页改版实验有没有显著效果", "ab_test"),
    ("A/B测试哪组更好", "ab_test"),
    ("高价值客户都长什么样", "profile"),
    ("给95后女性做个画像", "profile"),
    ("用户从首页怎么走到支付的", "path"),
    ("大家在评论里都抱怨什么", "review"),
    ("订单表数据有没有重复", "quality"),
    ("数据准不准，缺失率多高", "quality"),
    ("LTV最高的客户", "ltv"),
    ("谁快要流失了", "churn"),
    ("哪些人可能会再买", "repurchase"),
    ("次日留存率", "retention"),
    ("3月注册的用户一个月后还有多少活跃", "retention"),
    ("把用户分成4类", "cluster"),
    ("用户打了哪些标签", "tag"),
    ("双11活动效果如何", "campaign"),
    ("从销售额到净利润一步步怎么来的", "profit"),
    ("广告多投1万能多卖多少", "ad"),
    ("抖音广告再加5000预算会怎样", "ad"),
    ("每一步流失了多少人", "funnel"),
    ("Why did sales drop last week?", "explain"),
    ("What caused the fall in orders?", "explain"),
    ("Any unusual days in June?", "anomaly"),
    ("Which products are often bought together?", "basket"),
    ("What should we recommend to silent users?", "recommend"),
    ("Which items need restocking?", "replenish"),
    ("What will revenue be next month?", "forecast"),
    ("Forecast orders for the next 14 days", "forecast"),
    ("What happens if we raise the price of lipstick by 5%?", "pricing"),
    ("Did the experiment win?", "ab_test"),
    ("Is the difference statistically significant?", "ab_test"),
    ("What do our diamond members look like?", "profile"),
    ("Where do users go after the home page?", "path"),
    ("What are customers complaining about?", "review"),
    ("Are there duplicate orders in the data?", "quality"),
    ("Highest LTV customers", "ltv"),
    ("Who is most likely to churn in the next 30 days?", "churn"),
    ("Who is likely to buy again?", "repurchase"),
    ("Weekly retention of new users", "retention"),
    ("Segment customers into 4 groups", "cluster"),
    ("Which tags does user 128 have?", "tag"),
    ("How did the 618 campaign perform?", "campaign"),
    ("Walk me from sales down to net profit", "profit"),
    ("If we spend 10k more on ads what happens", "ad"),
    ("Show me the checkout funnel", "funnel"),
)
# Asked as a plain metric, and answered as one.
PLAIN_METRICS = {"dev-069"}
PLAIN_TOOLS = {None, "query", "audience"}


def named(question: str) -> str | None:
    text = read(question).text
    return chosen(find(text)) or chosen(hinted(text))


@pytest.mark.parametrize(("question", "tool"), NAMED)
def test_a_tool_is_named(question: str, tool: str) -> None:
    assert named(question) == tool


@pytest.mark.parametrize("question", PLAIN_QUESTIONS)
def test_plain_questions_name_no_tool(question: str) -> None:
    assert find(read(question).text) == ()


def test_the_words_of_a_cue_are_its_place() -> None:
    (cue,) = find("最近30天的漏斗")
    assert cue == (6, 8, "funnel")


def test_a_cue_inside_a_name_of_the_data_is_none() -> None:
    text = read("漏斗咖啡壶的销量").text
    assert [each.tool for each in find(text)] == ["funnel"]
    assert find(text, [(0, 5)]) == ()


def test_a_cue_inside_a_longer_one_is_none_whosever_it_is() -> None:
    assert [each.tool for each in find("复购预测")] == ["repurchase"]
    assert [each.tool for each in find("销售额预测")] == ["forecast"]


def test_latin_cues_are_whole_words() -> None:
    assert find("revenue of pathology books and forecasters") == ()


def test_every_tool_of_the_list_that_is_not_there_is_declined_by_its_name() -> None:
    for name, words in later().items():
        said = not_yet(name)
        assert words.label.zh in said.zh
        assert f"({name})" in said.en


def test_no_tool_is_there_and_still_to_come() -> None:
    assert {each.name for each in TOOLS}.isdisjoint(later())


def test_the_questions_of_the_evaluation_name_their_tools() -> None:
    wrong = {}
    for line in dev_questions().values():
        tools = [tool for turn in line["turns"] if (tool := named(turn)) is not None]
        wanted = line["tool"]
        plain = wanted in PLAIN_TOOLS | {"help"} or line["id"] in PLAIN_METRICS
        if tools[-1:] != ([] if plain else [wanted]):
            wrong[line["id"]] = (wanted, tools)
    assert wrong == {}
