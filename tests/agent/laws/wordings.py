"""Questions said in other words that mean the same, and in other words that mean something else."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tests.agent.laws.planning import Plan, surfaces
from warehouse.model import SemanticModel
from warehouse.warehouse import Reading

CHINESE = re.compile("[一-鿿]")
NUMBER = re.compile(r"(?<![\d.])\d+(?![\d.])")
POLITE = {
    "zh": [
        "请问{}",
        "帮我看看{}",
        "麻烦查一下{}",
        "{}？",
        "{}，谢谢",
        "你好，{}",
        "{}！！",
        "　{}　",
        "我想知道{}",
        "{}\n",
    ],
    "en": ["please {}", "{}, please", "hi, {}", "{}?", "{}!!", "could you tell me {}", "  {}  ", "{} thanks", "{}\n"],
}
POLITE_STEP = 3  # every third for one question, all of them over many
TRADITIONAL = str.maketrans(
    "个单数销额过购买户访问转华东广龙门级复发会员费间总优时长当从后给记录类别张减约见红绿双头丝场经营进开关标价货运实际签",
    "個單數銷額過購買戶訪問轉華東廣龍門級復發會員費間總優時長當從後給記錄類別張減約見紅綠雙頭絲場經營進開關標價貨運實際簽",
)
# Each pair names different days; both stand as they are in questions.
PERIODS = [
    ("今天", "昨天"),
    ("昨天", "前天"), ("前天", "今天"), ("上上周", "本周"), ("上周", "上上周"), ("本周", "上周"), ("上个月", "本月"),
    ("上月", "本月"), ("本月", "上个月"), ("今年", "去年"), ("去年", "前年"), ("本季度", "上季度"),
    ("上季度", "本季度"), ("yesterday", "today"), ("today", "yesterday"), ("last week", "this week"),
    ("this week", "last week"), ("last month", "this month"), ("this month", "last month"),
    ("last year", "this year"), ("this year", "last year"), ("last quarter", "this quarter"), ("春节", "国庆"),
    ("国庆", "春节"), ("Spring Festival", "National Day"), ("周末", "工作日"),
]  # fmt: skip
NEGATIONS = [
    "没有",
    "没",
    "未",
    "从未",
    "从来没",
    "除了",
    "did not",
    "didn't",
    " not ",
    " never ",
    "without ",
    "except ",
]
QUOTED = re.compile('“[^”]*”|"[^"]*"')  # what stands in quotes is meant as it is written
ASKING = re.compile("多少|几|how (?:many|much)")
OUTSIDE = re.compile("[之以]外")  # without 除了 it leaves out the same
WHETHER = re.compile("有没有|是不是|没药|未知")


def rewordings(question: str, plan: Plan, reading: Reading) -> Iterator[tuple[str, str]]:
    """How a question, read as the plan, may be asked in other words: what was changed, and the question."""
    if not QUOTED.search(question):
        yield "width", question.translate({code: code + 0xFEE0 for code in (*range(0x30, 0x3A), *range(0x41, 0x7B))})
        yield "upper case", question.upper()
        yield "lower case", question.lower()
    forms = POLITE["zh" if CHINESE.search(question) else "en"]
    for form in forms[len(question) % POLITE_STEP :: POLITE_STEP]:
        yield "politeness", form.format(question)
    if CHINESE.search(question):
        if not QUOTED.search(question):
            yield "traditional", question.translate(TRADITIONAL)
        yield "spaces", re.sub("(?<=[一-鿿])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[一-鿿])", " ", question)
    yield from (("synonym", each) for each in synonyms(question, plan, reading.model))


def synonyms(question: str, plan: Plan, model: SemanticModel) -> Iterator[str]:
    """The question with one word of the model said by another of its words.

    Not a metric's name that only says what another one counts, units of stock, nor one that holds the question for it,
    as 多少单 does: it stands where that may be asked. None that is told already, since the same name twice may ask for
    two things.
    """
    known, held = surfaces(model), repr(plan.args)
    quoted = [each.span() for each in QUOTED.finditer(question)]
    for start, end in named(question, known):
        told = question[start:end].lower()
        if len(known[told]) != 1 or any(first < start < last for first, last in quoted):
            continue  # a word that names two things may be read by what stands beside it
        kind, name = next(iter(known[told]))
        if kind == "metric" and f"metric='{name}'" not in held:
            continue
        rest = f"{question[:start]} {question[end:]}".lower()
        for other in _same(told, kind, name, model):
            if ASKING.search(other) or len(known.get(other.lower(), ())) != 1:
                continue
            if other.lower() not in rest:
                yield question[:start] + other + question[end:]


def changes(question: str, reading: Reading) -> Iterator[tuple[str, str]]:
    """How something else may be asked: what was changed, and the question."""
    for found in NUMBER.finditer(question):
        number = str(int(found.group()) + 1)
        yield "number", question[: found.start()] + number + question[found.end() :]
    for told, other in PERIODS:
        if told in question and not (told in "上周" and "上上周" in question):
            yield "period", question.replace(told, other, 1)
    known = surfaces(reading.model)
    for start, end in named(question, known):
        told = question[start:end]
        if any(kind != "value" for kind, _ in known[told.lower()]):
            continue
        for other in _others(told, reading):
            yield "value", question[:start] + other + question[end:]
    if not WHETHER.search(question):
        for told in NEGATIONS:
            if told in question and not (told == "除了" and OUTSIDE.search(question)):
                yield "negation", question.replace(told, " " if told.startswith(" ") else "", 1)


def named(question: str, known: Mapping[str, object]) -> Iterator[tuple[int, int]]:
    """Where words of the model stand, the longest first at each place, none inside another."""
    text, place = question.lower(), 0
    longest = max(map(len, known))
    while place < len(text):
        ends = range(min(len(text), place + longest), place, -1)
        end = next((each for each in ends if text[place:each] in known and whole(text, place, each)), None)
        if end is not None:
            yield place, end
        place = end or place + 1


def whole(text: str, start: int, end: int) -> bool:
    """Whether no Latin word or number is cut at either end."""
    return not (_joined(text, start) or _joined(text, end))


def places(question: str) -> Sequence[int]:
    """Where a word can be put in: anywhere but inside a Latin word or a number."""
    return [place for place in range(len(question) + 1) if not _joined(question, place)]


def insert(question: str, word: str, place: int) -> str:
    """The question with a word put in, Latin words set off by spaces."""
    if word.isascii():
        word = f" {word} "
    return f"{question[:place]}{word}{question[place:]}".strip()


def plain(text: str) -> str:
    """Width and case made one."""
    return unicodedata.normalize("NFKC", text).lower()


def _joined(text: str, place: int) -> bool:
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    return before.isascii() and after.isascii() and before.isalnum() and after.isalnum()


def _same(told: str, kind: str, name: str, model: SemanticModel) -> list[str]:
    """Other words for what a word names, in its language; English says what was done in too many forms to swap them."""
    match kind:
        case "metric":
            words = model.metrics[name].words
        case "dimension":
            words = model.dimensions[name].words
        case "segment":
            words = model.segments[name].words
        case "value":
            dimension, value = name.split("=", 1)
            held = model.dimensions[dimension].values[value]
            words = replace(held, zh=(value, *held.zh))
        case "occasion" | "counted":
            return []
        case _:
            words = model.behaviours[name].words if kind == "behaviour" else model.behaviours[name].negated
            words = replace(words, en=())
    same = dict.fromkeys(words.zh if CHINESE.search(told) else words.en)
    known = {each.lower() for each in same}  # a word for the metric by the day is none for the metric
    return [each for each in same if each.lower() != told and told in known]


def _others(told: str, reading: Reading) -> list[str]:
    """Up to two further values of the one dimension that the word is a value of."""
    names = [name.split("=", 1) for _, name in surfaces(reading.model)[told.lower()]]
    dimensions = {dimension for dimension, _ in names}
    values = [value for each in dimensions for value in reading.model.dimensions[each].values]
    told_values = {value for _, value in names}
    return [each for each in values if each not in told_values][:2] if len(dimensions) == 1 else []
