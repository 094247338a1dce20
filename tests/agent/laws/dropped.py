"""What an answer drops in silence: words of a question that neither its plan nor its words say.

A reading of its own, simpler than the planner's: it knows the model's words, numbers, the plainest periods and
negations, and asks of each only whether it left a trace.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlglot import exp

from agent.answer import Answer
from tests.agent.laws.planning import surfaces
from tests.agent.laws.wordings import named, plain
from warehouse.lexicon.questions import question_words
from warehouse.model import Metric, SemanticModel

DAYS = re.compile(r"[（(]\d{4}-\d\d-\d\d[^()（）]*[)）]")  # beside a period: not what was asked
DIGITS = re.compile(r"\d+(?:\.\d+)?")
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
SCALES = (1, 1e3, 1e4, 1e8, 0.1, 0.01, 12)  # k, 万, 亿, 成, per cent, years in months
RELATIVE: Mapping[str, tuple[str, int]] = {
    "上上周": ("week", -2), "上周": ("week", -1), "本周": ("week", 0), "上上个月": ("month", -2),
    "上个月": ("month", -1), "本月": ("month", 0), "今年": ("year", 0), "去年": ("year", -1), "前年": ("year", -2),
    "昨天": ("day", -1), "本季度": ("quarter", 0), "上季度": ("quarter", -1), "yesterday": ("day", -1),
    "this month": ("month", 0), "last month": ("month", -1), "last week": ("week", -1), "this week": ("week", 0),
    "this year": ("year", 0), "last year": ("year", -1),
}  # fmt: skip
UNIT = re.compile("|".join(sorted(map(re.escape, RELATIVE), key=len, reverse=True)))
NEGATION = re.compile(r"没|未|不|除了|除去|之外|\b(?:not|never|without|except|excluding|neither|nor)\b|n't\b")
# Words in which a negation negates nothing, or bounds a number.
HARMLESS = re.compile(
    "有没有|是不是|是否|不管|不论|不同|差不多|不好意思|不(?:低于|少于|高于|超过|大于|小于|多于|足|满|到)|未来|"
    r"(?:not|no) (?:more|less|fewer|later|earlier) than|why not|if not"
)

CAME_TO = {each.surface for each in question_words() if each.kind == "came_to"}  # how many visits came from


@dataclass(frozen=True)
class Said:
    """All that an answer says it understood, in small letters: its plan, its own words, what it left."""

    plan: str
    words: str

    @classmethod
    def of(cls, answer: Answer) -> "Said":
        """What this answer says."""
        words = " ".join([answer.understood, *(each.text for each in answer.chips), *answer.unused, *answer.doubts])
        return cls(json.dumps(answer.plan, ensure_ascii=False), plain(DAYS.sub(" ", words)))


def dropped(question: str, answer: Answer, model: SemanticModel) -> Iterator[str]:
    """Each known word, number, period and negation of an answered question that the answer says nothing of."""
    if answer.status != "answer" or answer.tool not in {"query", "audience"}:
        return
    said, text = Said.of(answer), THOUSANDS.sub("", plain(UNSEEN.sub("", question)))
    known = surfaces(model)
    spans = [(start, end) for start, end in named(text, known) if end - start > 1]  # 看 and 来 are verbs of asking, too
    for start, end in spans:
        word = text[start:end]
        told = word in said.words or word in CAME_TO or _ties(word, text[:start], said, model)
        if not told and not any(_told(kind, name, said, model) for kind, name in known[word]):
            yield word
    rest = _blanked(text, spans)
    yield from (each.group() for each in DIGITS.finditer(rest) if not _number_told(each.group(), said))
    yield from (each.group() for each in UNIT.finditer(rest) if not _period_told(each.group(), said))
    negations = [each.group() for each in NEGATION.finditer(HARMLESS.sub(" ", rest))]
    if negations and not _negation_told(said):
        yield negations[0]


def _ties(word: str, before: str, said: Said, model: SemanticModel) -> bool:
    """Whether it only tells which dimension of the plan is meant, or what an occasion is: shipped to 甲省, 618大促."""
    verbs = (verb for each in model.dimensions.values() if each.name in said.plan for verb in each.verbs)
    occasions = tuple(plain(each.name.zh) for each in model.calendar.occasions)
    return f"{word} " in {f"{verb} "[: len(word) + 1] for verb in verbs} or (
        before.endswith(occasions) and '"kind": "occasion"' in said.plan
    )


def _told(kind: str, name: str, said: Said, model: SemanticModel) -> bool:
    """Whether the plan names it; a metric counts as told by what people did in the same rows."""
    match kind:
        case "value":
            dimension, value = name.split("=", 1)
            return value in said.plan or dimension in said.plan
        case "occasion":
            return name in said.plan or '"period"' in said.plan
        case "dimension" | "counted":
            return True  # as often as not a noun beside its value: 杭州市, 商品的销量
        case "metric":
            sources = {each.source for each in model.metrics[name].routes}
            did = (each.name for each in model.behaviours.values() if each.source in sources)
            label = model.metrics[name].words.label
            told = name in said.plan or any(f'"{each}"' in said.plan for each in did) or plain(label.zh) in said.words
            return told or any(_holds(each, name, model) for each in _measured(said, model))
        case "behaviour":
            rows = {(route.source, route.at) for each in _measured(said, model) for route in each.routes}
            done = model.behaviours[name]
            return _named(name, said) or (done.source, done.time) in rows
        case _:
            return _named(name, said)


def _named(name: str, said: Said) -> bool:
    return f'"{name}"' in said.plan or any(name in each for each in re.findall(r'"(\w+)"', said.plan))


def _measured(said: Said, model: SemanticModel) -> list[Metric]:
    """The metrics of the plan, and those that their formulas name."""
    told = [model.metrics[each] for each in re.findall(r'"(\w+)"', said.plan) if each in model.metrics]
    formulas = [each.formula for each in told if each.formula is not None]
    return [*told, *(model.metrics[column.name] for each in formulas for column in each.find_all(exp.Column))]


def _holds(measured: Metric, name: str, model: SemanticModel) -> bool:
    """Whether a metric is another's denominator, or both sum what has no unit: how many units are in stock."""
    pieces = [
        each.unit is None and any(route.aggregate == "sum" for route in each.routes)
        for each in (measured, model.metrics[name])
    ]
    return measured.name == name or all(pieces)


def _number_told(digits: str, said: Said) -> bool:
    number = float(digits)
    told = [float(each) for each in DIGITS.findall(said.plan + " " + said.words.replace(",", ""))]
    forms = [*(number * scale for scale in SCALES), 1900 + number, 2000 + number]
    return any(abs(each - form) <= 1e-9 * max(1, abs(form)) for each in told for form in forms)


def _period_told(word: str, said: Said) -> bool:
    """Whether the plan has that unit, or any period of another kind, which may have taken the word in."""
    unit, offset = RELATIVE[word]
    periods = re.findall(r'\{[^{}]*"kind": "(\w+)"[^{}]*\}', said.plan)
    exact = re.search(rf'"kind": "relative", "unit": "{unit}", "offset": {offset}\b', said.plan)
    compared = re.search(rf'"unit": "{unit}", "offset": {offset + 1}\b.*"compare": {{"period": "', said.plan)
    told = word in said.words or exact is not None or compared is not None
    return told or any(kind != "relative" for kind in periods)


def _negation_told(said: Said) -> bool:
    return any(f'"{each}"' in said.plan for each in ("not", "missing")) or bool(NEGATION.search(said.words))


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
