"""What a question after another kept of the one before, and what it changed, in words."""

from collections.abc import Sequence
from dataclasses import replace

from agent.planner import Call
from tools.audience import AudienceArgs
from tools.chart import CHART_WORDS
from tools.query.tool import QueryArgs
from warehouse.saying import Sayer, by
from warehouse.text import Text
from warehouse.warehouse import Reading

SHOWN = {"list": Text("名单", "a list"), "count": Text("人数", "how many")}
KEPT = Text("沿用", "Kept")
CHANGED = Text("改为", "changed to")
ADDED = Text("加上", "added")
GONE = Text("去掉", "removed")

Piece = tuple[str, Text]


def kept(before: Call, after: Call, reading: Reading) -> Text:
    """What stays, what stands in the place of something, what is new and what is gone."""
    old, new = _pieces(before, reading), _pieces(after, reading)
    gone = [each for each in old if each not in new]
    come = [each for each in new if each not in old]
    lost, won = {kind for kind, _ in gone}, {kind for kind, _ in come}
    parts = (
        (KEPT, [each for each in new if each in old]),
        (CHANGED, [each for each in come if each[0] in lost]),
        (ADDED, [each for each in come if each[0] not in lost]),
        (GONE, [each for each in gone if each[0] not in won]),
    )
    return _joined([_told(lead, [words for _, words in pieces]) for lead, pieces in parts if pieces])


def _told(lead: Text, pieces: Sequence[Text]) -> Text:
    return Text(
        f"{lead.zh}：{'、'.join(each.zh for each in pieces)}", f"{lead.en}: {', '.join(each.en for each in pieces)}"
    )


def _joined(parts: Sequence[Text]) -> Text:
    said = "; ".join(each.en for each in parts)
    return Text("；".join(each.zh for each in parts), said[:1].upper() + said[1:])


def _pieces(call: Call, reading: Reading) -> list[Piece]:
    """The pieces of a plan, each with its kind, short."""
    sayer: Sayer = replace(reading.sayer, dated=False)
    if call.tool == "audience":
        people = AudienceArgs.model_validate(call.args)
        said = [(each.kind, each.words) for each in sayer.pieces(reading.resolver.people(people))]
        cut = [] if people.by is None else [("dimension", by(reading.resolver.breakdown(people.by)))]
        return [*said, *(cut or [("shown", SHOWN[people.show])])]
    query = QueryArgs.model_validate(call.args)
    said = [(each.kind, each.words) for each in sayer.pieces(reading.resolver.query(query))]
    return [*said, *([] if query.chart is None else [("chart", CHART_WORDS[query.chart])])]
