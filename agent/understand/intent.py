"""From mentions to a move: which tool a question is for, and its arguments."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from agent.examples import examples, said
from agent.planner import Ask, Call, Finish, Refusal
from agent.understand import islands
from agent.understand.cover import Cover
from agent.understand.draft import Draft
from agent.understand.mentions import Born, Deed, Group, Measure, People, Value
from agent.understand.words import Words
from tools.audience import AudienceArgs
from tools.help import can_ask
from tools.query import QueryArgs
from warehouse.days import Grain
from warehouse.query import plain
from warehouse.text import Text
from warehouse.warehouse import Reading

DAILY_UP_TO = 92
MOST_READINGS = 12
MOST_OPTIONS = 5


def move(words: Words, cover: Cover, reading: Reading) -> Call | Ask | Finish:
    """The call that carries every word; the choice where there are several; else a refusal that names what is not."""
    calls: list[Call] = []
    in_the_way: tuple[str, ...] = cover.unread
    for mentions in islice(cover.readings(), MOST_READINGS):
        draft = Draft(words, mentions)
        call = _call(draft, reading)
        unused = tuple(dict.fromkeys((*cover.unread, *(() if call is None else draft.unused()))))
        if call is not None and not unused and call not in calls:
            calls.append(call)
        in_the_way = in_the_way or unused
    match calls:
        case []:
            return Finish(_refusal(in_the_way, reading))
        case [call]:
            return call
        case _:
            return _choice(words, cover, calls[:MOST_OPTIONS], reading)


def _call(draft: Draft, reading: Reading) -> Call | None:
    """The tool by what the question is about; None where it is about nothing known."""
    islands.negations(draft)
    islands.glosses(draft)
    islands.during(draft)
    if draft.has("help") and not _about(draft, Measure, Deed, Group, Value):
        draft.take(*draft.words_left("help"))
        return Call("help", {})
    if _about(draft, Measure):
        return _query(draft, reading)
    if _about(draft, Deed) or (_about(draft, People) and _about(draft, Value, Born)):
        return _audience(draft, reading)
    return None


def _about(draft: Draft, *kinds: type) -> bool:
    return any(isinstance(each.meaning, kinds) for each in draft.mentions)


def _query(draft: Draft, reading: Reading) -> Call:
    measures = islands.measures(draft)
    period = islands.period(draft)
    by = islands.groups(draft)
    where = (*islands.filters(draft, several=False), *islands.births(draft, _birth_dimension(reading)))
    args: dict[str, Any] = {"metrics": tuple(dict.fromkeys(each.metric for each in measures)), "by": by, "where": where}
    query = QueryArgs(**args, period=period)
    days = reading.resolver.query(query).window.span.days
    default: Grain = "day" if days <= DAILY_UP_TO else "month"
    implied = {each.per for each in measures if each.per is not None}
    grain = islands.buckets(draft, implied, days, default)
    draft.take(*draft.words_left("count"), *(place for place, _ in draft.left(People)))
    return _made("query", query.model_copy(update={"grain": grain, "chart": islands.chart(draft)}))


def _audience(draft: Draft, reading: Reading) -> Call:
    did = islands.deeds(draft)
    where = (*islands.filters(draft, several=True), *islands.births(draft, _birth_dimension(reading)))
    by = islands.groups(draft)
    counted = list(draft.words_left("count"))
    draft.take(*counted, *(place for place, _ in draft.left(People)))
    if counted and not draft.has("list") and not by:
        return _made("audience", AudienceArgs(where=where, did=did, show="count"))
    draft.take(*draft.words_left("list"))
    if len(by) == 1:
        return _made("audience", AudienceArgs(where=where, did=did, show="breakdown", by=by[0]))
    return _made("audience", AudienceArgs(where=where, did=did))


def _made(name: str, args: QueryArgs | AudienceArgs) -> Call:
    return Call(name, plain(args))


def _birth_dimension(reading: Reading) -> str | None:
    return next((each.name for each in reading.model.dimensions.values() if each.kind == "birth_year"), None)


def _choice(words: Words, cover: Cover, calls: Sequence[Call], reading: Reading) -> Ask:
    """The whole question in each of its readings."""
    unclear = tuple(words.told(each[0].start, each[0].end) for each in cover.stretches if len(each) > 1)
    named = Text("、".join(f"「{each}」" for each in unclear), ", ".join(f"“{each}”" for each in unclear))
    return Ask(
        Text(f"{named.zh}有不同的理解，请选一个：", f"{named.en} can be read in more ways than one. Choose:"),
        tuple(said(call, reading) for call in calls),
        unused=unclear,
    )


def _refusal(in_the_way: tuple[str, ...], reading: Reading) -> Refusal:
    known = can_ask(reading.model)
    if in_the_way:
        named = Text("、".join(f"「{each}」" for each in in_the_way), ", ".join(f"“{each}”" for each in in_the_way))
        why = Text(
            f"还不会回答这个问题：这里还不会处理{named.zh}。", f"Not yet: {named.en} cannot be handled here so far."
        )
    else:
        why = Text(
            "还不会回答这个问题：没有看出要问哪个指标或哪些人。",
            "Not yet: no metric and no group of people that is known stands in the question.",
        )
    return Refusal(Text(f"{why.zh}{known.zh}", f"{why.en} {known.en}"), in_the_way, examples(reading)[:3])
