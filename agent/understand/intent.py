"""From mentions to a move: which tool a question is for, and its arguments."""

from collections.abc import Iterable
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
from warehouse.period import Last, Period
from warehouse.query import plain
from warehouse.text import Text
from warehouse.warehouse import Reading

DAILY_UP_TO = 92
VAGUE: tuple[Period, ...] = (Last(n=7, unit="day"), Last(n=30, unit="day"))


def move(words: Words, cover: Cover, reading: Reading) -> Call | Ask | Finish:
    """The call that carries every word; else a question back, or a refusal that names what stands in the way."""
    draft = Draft(words, cover.mentions)
    islands.negations(draft)
    islands.glosses(draft)
    vague = list(draft.words_left("vague_time"))
    draft.take(*vague)
    call = _call(draft, reading)
    in_the_way = tuple(dict.fromkeys((*cover.unread, *cover.unclear, *(() if call is None else draft.unused()))))
    if call is None or in_the_way:
        return Finish(_refusal(in_the_way, reading))
    return _which_period(call, vague, draft, reading) if vague else call


def _call(draft: Draft, reading: Reading) -> Call | None:
    """The tool by what the question is about; None where it is about nothing known."""
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


def _which_period(call: Call, vague: Iterable[int], draft: Draft, reading: Reading) -> Ask | Finish:
    """The question with each period that a word such as "recently" may mean."""
    named = next(draft.words.told(draft.mentions[place].start, draft.mentions[place].end) for place in vague)
    options = tuple(said(_within(call, period), reading) for period in VAGUE)
    return Ask(
        Text(f"「{named}」是指多久？请选一个：", f"How long is “{named}”? Choose one:"), options, unused=(named,)
    )


def _within(call: Call, period: Period) -> Call:
    told = period.model_dump(mode="json")
    if call.tool == "query":
        return Call(call.tool, {**call.args, "period": told})
    return Call(call.tool, {**call.args, "did": [{**each, "period": told} for each in call.args.get("did", ())]})


def _refusal(in_the_way: tuple[str, ...], reading: Reading) -> Refusal:
    known = can_ask(reading.model)
    if in_the_way:
        named = Text("、".join(f"「{each}」" for each in in_the_way), ", ".join(f"“{each}”" for each in in_the_way))
        why = Text(f"还不会回答这个问题：{named.zh}还没有听懂。", f"Not yet: {named.en} is not understood so far.")
    else:
        why = Text(
            "还不会回答这个问题：没有看出要问哪个指标或哪些人。",
            "Not yet: no metric and no group of people that is known stands in the question.",
        )
    return Refusal(Text(f"{why.zh}{known.zh}", f"{why.en} {known.en}"), in_the_way, examples(reading)[:3])
