"""An analyst with answers made by hand, for the page's states; tests hold its answers back by events."""

import csv
import datetime
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from agent.analyst import About, Analyst, language_of
from agent.answer import Answer, Chip, Definition, Headline, Right, Status
from agent.planner import Conversation
from agent.steps import Step
from tools.chart import Chart
from warehouse.errors import Stopped
from warehouse.stop import Stop
from warehouse.table import Cell, Column, Table
from warehouse.text import Language, Text

AS_OF = datetime.date(2026, 6, 30)
MARKUP = '<img src=x onerror="window.broken=1"><script>window.broken=1</script>'
CITIES = {"杭州": 14, "上海": 9, "广州": 7, "成都": 6, "武汉": 5}
USERS = 41
PLATFORMS = ("天猫", "抖音", "京东", "小程序", "拼多多")
EXPORTED = 2345  # rows of a list's export, more than the page ever holds

USER = Column("user_id", Text("用户", "User"), "integer", "key")
CITY = Column("city", Text("城市", "City"), "text", "group")
USERS_COUNT = Column("users", Text("用户数", "Users"), "integer", "measure")
SALES = Column("sales", Text("销售额", "Sales"), "number", "measure", "CNY")
RATE = Column("rate", Text("退款率", "Refund rate"), "number", "measure", "ratio")
PLATFORM = Column("platform", Text("平台", "Platform"), "text", "group")
DAY = Column("day", Text("日期", "Day"), "date", "time")


class Scripted(Analyst):
    """Answers by what the question holds; one that holds `wait` begins, then waits until it is released or stopped."""

    def __init__(self) -> None:
        self.begun: dict[str, threading.Event] = {}
        self.released: dict[str, threading.Event] = {}
        self.stopped: list[str] = []
        self.heard: list[tuple[str, ...]] = []

    def about(self, language: Language) -> About:
        """Six questions, of which the first is the headline question."""
        shop = Text("演示商城", "Demo shop").said(language)
        examples = EXAMPLES_ZH if language == "zh" else EXAMPLES_EN
        return About(shop, AS_OF.isoformat(), "rules", examples)

    def ask(
        self,
        question: str,
        conversation: Conversation,
        *,
        language: Language | None = None,
        limit: int | None = 1000,  # noqa: ARG002
        stop: Stop | None = None,
    ) -> Iterator[Step | Answer]:
        """The answer made for the question, after the usual steps."""
        spoken = language_of(question, language or "zh")
        self.heard.append((*(answer.question for answer in conversation.answers), question))
        yield Step("understand")
        yield Step("understand", 4.2)
        yield Step("query")
        if "fault" in question:
            raise RuntimeError("a fault of ours")
        if "wait" in question and not self._waited(question, stop or Stop()):
            yield replace(made("error", spoken, "已停止。"), question=question)
            return
        yield Step("query", 21.4)
        as_of = AS_OF + datetime.timedelta(days=1) if "updated" in question else AS_OF
        yield replace(answer_for(question, spoken), question=question, as_of=as_of)

    def export(self, answer: Answer, path: Path, *, stop: Stop | None = None) -> int:  # noqa: ARG002
        """More rows than the page holds, under the answer's first head."""
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([answer.table.columns[0].label.said(answer.language) if answer.table else ""])
            writer.writerows([at] for at in range(EXPORTED))
        return EXPORTED

    @property
    def reviews(self) -> bool:
        """Whoever visits may mark answers."""
        return True

    def mark(self, answer: Answer, earlier: Conversation) -> Answer:  # noqa: ARG002
        """Marked, or taken back."""
        return replace(answer, right=None if answer.right else Right(1, answer.question, "an", AS_OF))

    def hold(self, question: str) -> tuple[threading.Event, threading.Event]:
        """The events of a waiting question: it began; let it go."""
        return self.begun.setdefault(question, threading.Event()), self.released.setdefault(question, threading.Event())

    def _waited(self, question: str, stop: Stop) -> bool:
        begun, released = self.hold(question)
        try:
            with stop.cancelling(released.set):
                begun.set()
                released.wait(60)
            stop.check()
        except Stopped:
            begun.set()
            self.stopped.append(question)
            return False
        return True


def made(status: Status, language: Language, text: str) -> Answer:
    """An answer with nothing but its text."""
    return Answer("", language, status, text, AS_OF)


def answer_for(question: str, language: Language) -> Answer:
    """The first state whose words the question holds, else one number."""
    found = next((make for words, make in STATES if any(word in question for word in words)), number)
    return dressed(found(language))


def dressed(answer: Answer) -> Answer:
    """With what most answers carry: SQL, definitions, notes, steps, follow-ups."""
    if answer.status != "answer":
        return answer
    zh = answer.language == "zh"
    return replace(
        answer,
        sql=("SELECT city, count(*) AS users\nFROM users\nWHERE gender = '女'\nGROUP BY city\nORDER BY users DESC",),
        definitions=(
            Definition("活跃" if zh else "active", "当天有任一行为事件" if zh else "has any event on the day"),
            Definition("95后" if zh else "born 1995–99", "1995–1999 年出生" if zh else "born from 1995 to 1999"),
        ),
        notes=("数据截至 2026-06-30" if zh else "Data through 2026-06-30",),
        suggestions=(
            ("其中各平台的销售额是多少？", "近90天每日销售额走势", "上个月的退款率是多少？")
            if zh
            else ("Sales by platform last month", "Daily sales trend over the last 90 days", "Refund rate last month?")
        ),
        steps=(Step("understand", 4.2), Step("query", 21.4)),
        elapsed_ms={"plan": 4.2, "query": 21.4, "total": 27.9},
    )


def people(language: Language) -> Answer:
    """A list of 41 users with a chart of its own."""
    zh = language == "zh"
    columns = (
        USER,
        Column("nickname", Text("昵称", "Nickname"), "text", "attribute"),
        CITY,
        Column("birth_date", Text("出生日期", "Born"), "date", "attribute"),
        Column("phone", Text("手机", "Phone"), "text", "attribute"),
        Column("spent", Text("累计消费", "Spent so far"), "number", "measure", "CNY"),
    )
    cities = [city for city, count in CITIES.items() for _ in range(count)]
    rows = tuple(
        (
            1001 + at * 37,
            f"用户{at}",
            city,
            datetime.date(1995 + at % 5, 1 + at % 12, 1 + at % 28),
            "138****0000",
            at * 88.5,
        )
        for at, city in enumerate(cities)
    )
    chart = Chart(
        "bar",
        Text("这些用户的城市分布", "These users by city"),
        Text(
            "最近7天（2026-06-24 至 2026-06-30），女，95后",
            "last 7 days (2026-06-24 to 2026-06-30), women born 1995–99",
        ),
        Text(
            "杭州14人最多，其次上海9人、广州7人。",
            "Hangzhou leads with 14 users, then Shanghai with 9 and Guangzhou with 7.",
        ),
        x="city",
        y=("users",),
        data=Table((CITY, USERS_COUNT), tuple(CITIES.items()), len(CITIES)),
    )
    text = (
        f"最近7天（2026-06-24 至 2026-06-30）活跃但同期未下单的95后女性有 {USERS} 人，杭州最多，14 人。"
        if zh
        else f"{USERS} women born 1995–1999 were active but did not order in the last 7 days; 14 are in Hangzhou."
    )
    chips = (
        Chip("behaviour", "活跃" if zh else "active"),
        Chip("behaviour", "未下单" if zh else "did not order"),
        Chip("time", "最近7天 2026-06-24 至 2026-06-30" if zh else "last 7 days, 2026-06-24 to 2026-06-30"),
        Chip("filter", "女" if zh else "women"),
        Chip("filter", "95后（1995–1999年出生）" if zh else "born 1995–1999"),
    )
    headline = Headline(USERS, None, str(USERS), text.index(str(USERS)))
    return replace(
        made("answer", language, text), headline=headline, chips=chips, chart=chart, table=Table(columns, rows, USERS)
    )


def platforms(language: Language) -> Answer:
    """A ranking with a missing value, in a table of money and a ratio."""
    sales = (12_345_678.9, 8_765_432.1, 6_543_210.0, 2_109_876.5, 987_654.3)
    rates: tuple[float | None, ...] = (0.0312, 0.0745, 0.0281, None, 0.0512)
    rows = tuple(zip(PLATFORMS, sales, rates, strict=True))
    chart = Chart(
        "bar",
        Text("各平台销售额", "Sales by platform"),
        Text("上个月（2026-05-01 至 2026-05-31）", "last month (2026-05-01 to 2026-05-31)"),
        Text("天猫最高，1,234.57万元。", "Tmall is highest with ¥12.35M."),
        x="platform",
        y=("sales",),
    )
    text = (
        "上个月（2026-05-01 至 2026-05-31）天猫的销售额最高，为 1,234.57万元。"
        if language == "zh"
        else "天猫 had the highest sales last month (2026-05-01 to 2026-05-31): ¥12.35M."
    )
    said = "1,234.57万元" if language == "zh" else "¥12.35M"
    zh = language == "zh"
    chips = (
        Chip("metric", "销售额" if zh else "sales"),
        Chip("dimension", "按平台" if zh else "by platform"),
        Chip("time", "上个月 2026-05-01 至 2026-05-31" if zh else "last month, 2026-05-01 to 2026-05-31"),
    )
    return replace(
        made("answer", language, text),
        headline=Headline(sales[0], "CNY", said, text.index(said)),
        chips=chips,
        chart=chart,
        table=Table((PLATFORM, SALES, RATE), rows, len(rows)),
    )


def stepwise(language: Language) -> Answer:
    """Two steps: the platforms, then the people."""
    return replace(people(language), parts=(platforms(language),))


def trend(language: Language) -> Answer:
    """A line of 90 days whose last day is unfinished, with a word left over."""
    days = [AS_OF - datetime.timedelta(days=back) for back in range(89, -1, -1)]
    rows = tuple((day, 80_000 + 9_000 * (day.weekday() > 4) + 420.5 * at) for at, day in enumerate(days))
    chart = Chart(
        "line",
        Text("每日销售额", "Daily sales"),
        Text("最近90天（2026-04-02 至 2026-06-30）", "last 90 days (2026-04-02 to 2026-06-30)"),
        Text("销售额由8万元升至约12万元。", "Sales rose from about ¥80K to ¥120K."),
        x="day",
        y=("sales",),
        types=("bar",),
        unfinished=AS_OF.isoformat(),
    )
    text = "最近90天的日销售额从 8.00万元 升到 11.74万元。" if language == "zh" else "Daily sales rose to ¥117.42K."
    return replace(
        made("answer", language, text), chart=chart, table=Table((DAY, SALES), rows, len(rows)), unused=("麻烦",)
    )


def lines(language: Language) -> Answer:
    """Several lines, each named at its end; two end close together."""
    months = [datetime.date(2025 + (at + 6) // 12, (at + 6) % 12 + 1, 1) for at in range(12)]
    rows = tuple(
        (month, platform, 1_000_000.0 * (5 - nth if nth < 3 else 1.1 + nth * 0.02) * (1 + 0.03 * at))
        for at, month in enumerate(months)
        for nth, platform in enumerate(PLATFORMS)
    )
    chart = Chart(
        "line",
        Text("各平台每月销售额", "Monthly sales by platform"),
        Text("最近12个月", "last 12 months"),
        Text("天猫一直最高。", "Tmall leads throughout."),
        x="month",
        y=("sales",),
        series="platform",
        unfinished="2026-06",
    )
    month = Column("month", Text("月份", "Month"), "date", "time")
    text = "各平台的销售额都在增长。" if language == "zh" else "Sales grew on every platform."
    return replace(made("answer", language, text), chart=chart, table=Table((month, PLATFORM, SALES), rows, len(rows)))


def shares(language: Language) -> Answer:
    """Parts of a whole."""
    rows: tuple[tuple[Cell, ...], ...] = (("女", 6123), ("男", 3021), ("未知", 856))
    gender = Column("gender", Text("性别", "Gender"), "text", "group")
    chart = Chart(
        "pie",
        Text("用户性别占比", "Users by gender"),
        Text("全部用户", "all users"),
        Text("女性占61.2%。", "Women are 61.2%."),
        x="gender",
        y=("users",),
    )
    text = "女性占 61.2%。" if language == "zh" else "Women are 61.2%."
    return replace(
        made("answer", language, text),
        headline=Headline(0.6123, "ratio", "61.2%", text.index("61.2%")),
        chart=chart,
        table=Table((gender, USERS_COUNT), rows, len(rows)),
    )


def grid(language: Language) -> Answer:
    """Many by many."""
    categories = ("美妆", "服饰", "食品", "母婴", "家居", "数码", "运动", "图书")
    rows = tuple(
        (platform, category, 100_000.0 * ((row * 3 + column * 5) % 11 + 1))
        for row, category in enumerate(categories)
        for column, platform in enumerate(PLATFORMS)
    )
    category = Column("category", Text("品类", "Category"), "text", "group")
    chart = Chart(
        "heatmap",
        Text("各平台各品类销售额", "Sales by platform and category"),
        Text("上个月", "last month"),
        Text("颜色越深，销售额越高。", "Darker is more."),
        x="platform",
        y=("sales",),
        series="category",
    )
    text = "各平台的品类结构不同。" if language == "zh" else "Platforms differ in what they sell."
    table = Table((PLATFORM, category, SALES), rows, len(rows))
    return replace(made("answer", language, text), chart=chart, table=table)


def number(language: Language) -> Answer:
    """One number."""
    zh = language == "zh"
    text = (
        "上个月的退款率为 4.2%，比前一月低 0.3个百分点。"
        if zh
        else "The refund rate was 4.2% last month, 0.3 pp lower."
    )
    return replace(
        made("answer", language, text),
        headline=Headline(0.0423, "ratio", "4.2%", text.index("4.2%")),
        table=Table((RATE,), ((0.0423,),), 1),
        chips=(Chip("metric", "退款率" if zh else "refund rate"), Chip("time", "上个月" if zh else "last month")),
        chart=Chart("number", Text("退款率", "Refund rate"), Text("", ""), Text("4.2%", "4.2%"), y=("rate",)),
    )


def unclear(language: Language) -> Answer:
    """Asking back."""
    zh = language == "zh"
    options = (
        ("上个月下单金额是多少？", "上个月支付金额是多少？")
        if zh
        else ("Ordered amount last month", "Paid amount last month")
    )
    return replace(
        made("clarify", language, "“销售”指下单金额还是支付金额？" if zh else "Do you mean ordered or paid?"),
        options=options,
    )


def refused(language: Language) -> Answer:
    """Refusing."""
    zh = language == "zh"
    text = "数据里没有“天气”，无法按它查询。" if zh else "There is no weather in the data."
    suggestions = (
        ("各平台的销售额", "上个月的退款率是多少？") if zh else ("Sales by platform", "Refund rate last month?")
    )
    unused = ("天气",) if zh else ("weather",)
    return replace(made("refuse", language, text), suggestions=suggestions, unused=unused)


def failed(language: Language) -> Answer:
    """An error with what to do."""
    zh = language == "zh"
    return made(
        "error",
        language,
        "查询超过30秒，已中止。请缩短时间范围后再问。"
        if zh
        else "The query ran past 30 s. Ask about a shorter period.",
    )


def markup(language: Language) -> Answer:
    """Cells, chips, text and a chart that hold markup."""
    rows: tuple[tuple[Cell, ...], ...] = ((MARKUP, 3), ("=1+1", 2))
    chart = Chart("bar", Text(MARKUP, MARKUP), Text(MARKUP, MARKUP), Text(MARKUP, MARKUP), x="city", y=("users",))
    return replace(
        made("answer", language, f"结果 {MARKUP}"),
        chips=(Chip("filter", MARKUP),),
        unused=(MARKUP,),
        chart=chart,
        table=Table((CITY, USERS_COUNT), rows, 2),
    )


STATES: tuple[tuple[tuple[str, ...], Callable[[Language], Answer]], ...] = (
    (("markup",), markup),
    (("分步", "in steps"), stepwise),
    (("未下单", "active but"), people),
    (("平台走势", "trend by platform"), lines),
    (("品类", "category"), grid),
    (("平台", "platform"), platforms),
    (("走势", "trend"), trend),
    (("占比", "share"), shares),
    (("销售多少", "how much"), unclear),
    (("天气", "weather"), refused),
    (("超时", "timeout"), failed),
)
EXAMPLES = (
    Text(
        "最近7天活跃但未下单的95后女性有哪些？",
        "Which women born 1995-99 were active but did not order in the last 7 days?",
    ),
    Text("上个月各平台的销售额", "Sales by platform last month"),
    Text("近90天每日销售额走势", "Daily sales trend over the last 90 days"),
    Text("最近12个月各平台走势", "Monthly trend by platform"),
    Text("用户性别占比", "Gender share of users"),
    Text("上个月的退款率是多少？", "What was the refund rate last month?"),
)
EXAMPLES_ZH, EXAMPLES_EN = tuple(each.zh for each in EXAMPLES), tuple(each.en for each in EXAMPLES)
