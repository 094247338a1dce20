"""From mentions to a move: which tool a question is for, and its arguments."""

from collections.abc import Sequence
from math import prod
from typing import Literal

from agent.examples import examples, said
from agent.planner import Ask, Call, Finish, Refusal
from agent.understand import company, doubts, islands, metric_doubts, people_doubts
from agent.understand.cover import Cover
from agent.understand.draft import Draft
from agent.understand.mentions import Born, Deed, Measure, Member, Mention, People, Value, When, Word
from agent.understand.settle import settle
from agent.understand.words import Words
from tools.audience import AudienceArgs
from tools.help import can_ask
from tools.query.tool import QueryArgs
from warehouse.errors import QueryError
from warehouse.query import Condition, check_conditions, plain
from warehouse.text import Text
from warehouse.warehouse import Reading

MOST_READINGS = 48
MOST_OPTIONS = 5
MOST_CUTS = 2


def move(words: Words, cover: Cover, reading: Reading, *, follows: bool) -> Call | Ask | Finish:
    """The call that carries every word; the choice where there are several; else a refusal that names what is not.

    Raises the `QueryError` of a reading that the model cannot give, where no other is whole.
    """
    if follows and not _whole(cover):
        return Finish(_follow_up(reading))
    cover = settle(words, cover)
    if prod(map(len, cover.stretches)) > MOST_READINGS:
        return Finish(_refusal(_unclear(words, cover), reading))
    found = _Readings()
    for mentions in cover.readings():
        found.read(Draft(words, mentions, follows), cover.unread, reading)
    match found.calls:
        case []:
            if found.error is not None:
                raise found.error
            alone = follows and not found.in_the_way
            return Finish(_follow_up(reading) if alone else _refusal(found.in_the_way, reading))
        case [call] if not found.doubtful(call, reading):
            return call
        case calls:
            return _choice(_unclear(words, cover), list(calls)[:MOST_OPTIONS], reading)


class _Readings:
    """What the readings of a question gave: calls, each with what its words mean, and what stood in the way."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.in_the_way: tuple[str, ...] = ()
        self.error: QueryError | None = None
        self._meant: list[tuple[Mention, ...]] = []
        self._declined: list[tuple[Mention, ...]] = []

    def read(self, draft: Draft, unread: tuple[str, ...], reading: Reading) -> None:
        """Plan one reading."""
        mentions = draft.mentions
        try:
            call = _call(draft, reading)
            unused = tuple(dict.fromkeys((*unread, *(() if call is None else draft.unused()))))
            if call is not None and not unused and call not in self.calls:
                self.calls.append(call)
                self._meant.append(mentions)
            self.in_the_way = self.in_the_way or unused
        except QueryError as error:
            self.error = self.error or error
            self._declined.append(mentions)

    def doubtful(self, call: Call, reading: Reading) -> bool:
        """Whether a value was taken for what people are only because what else it may be has no tie to the rest.

        What people are is tied to nearly everything: that it is tied here tells nothing.
        """
        meant = self._meant[self.calls.index(call)]
        return any(
            isinstance(mine.meaning, Value)
            and mine.meaning != other.meaning
            and reading.resolver.about_people(reading.model.dimension(mine.meaning.dimension))
            for mentions in self._declined
            for mine, other in zip(meant, mentions, strict=True)
        )


ALONE = ("all_time", "every", "help", "greeting", "whether", "follow_up")


def _whole(cover: Cover) -> bool:
    """Whether a question after another stands alone: it tells its time, or all people, or asks for help."""
    meanings = [mention.meaning for stretch in cover.stretches for mention in stretch]
    kinds = {each.kind for each in meanings if isinstance(each, Word)}
    known = any(isinstance(each, Measure | Deed | Member | People | Value | Born) for each in meanings)
    if not known and kinds.isdisjoint(("headcount", "count", "list", "spread")):
        return True
    return any(isinstance(each, When) or (isinstance(each, Word) and each.kind in ALONE) for each in meanings)


def _follow_up(reading: Reading) -> Refusal:
    return Refusal(
        Text(
            "还不会接着上一个问题理解。请把问题说全，带上时间；要看全部数据就说“全部时间”。",
            "Follow-ups are not understood yet. Please ask the whole question with its time, or say “all time”.",
        ),
        suggestions=examples(reading)[:3],
    )


def _call(draft: Draft, reading: Reading) -> Call | None:
    """The tool by what the question is about; None where it is about nothing known."""
    islands.negations(draft)
    islands.glosses(draft)
    if _about(draft, Measure):
        return _query(draft, reading)
    if _about(draft, Deed, Member) or _about_people(draft):
        return _audience(draft, reading)
    if draft.has("help", "greeting"):
        draft.take(*draft.words_left("help", "greeting"))
        return Call("help", {})
    return None


def _about(draft: Draft, *kinds: type) -> bool:
    return any(isinstance(each.meaning, kinds) for each in draft.mentions)


def _about_people(draft: Draft) -> bool:
    """Whether people are asked for by what they are alone; values without a word for people may be anything."""
    if draft.has("headcount"):
        return True
    asked = draft.has("list", "show", "who", "count", "by", "spread")
    return (_about(draft, People) and (asked or _about(draft, Value, Born))) or (asked and _about(draft, Value, Born))


def _query(draft: Draft, reading: Reading) -> Call:
    measures = islands.measures(draft)
    period = islands.period(draft)
    by = islands.groups(draft, most=0 if doubts.cut_apart(draft) else MOST_CUTS)
    where = (*islands.filters(draft, several=False), *islands.births(draft, _birth_dimension(reading)))
    metrics = tuple(dict.fromkeys(each.metric for each in measures))
    query = QueryArgs.model_validate({"metrics": metrics, "by": by, "period": period, "where": where})
    bound = reading.resolver.query(query)
    grain = islands.buckets(draft, measures, period, bound.window.span.days)
    chart = islands.chart(draft)
    company.take_small_words(draft, company.OF_METRICS)
    company.take_people(draft, company.qualified)
    draft.drop(*doubts.amid_measures(draft), *doubts.of_measures(draft), *_misfit_amounts(draft, metrics, reading))
    draft.drop(*doubts.timeless(draft, bound), *doubts.half_named(draft, metrics, reading))
    draft.drop(*metric_doubts.undated(draft, reading.model), *metric_doubts.of_products(draft, reading))
    draft.drop(*metric_doubts.running(draft), *metric_doubts.after_a_mark(draft))
    return _made("query", query.model_copy(update={"grain": grain, "chart": chart}))


def _audience(draft: Draft, reading: Reading) -> Call:
    where = _people(draft, reading)
    by = islands.groups(draft, most=1)
    counts = _counts(draft)
    named = draft.has("list", "show", "who") or _about(draft, People, Value, Born)
    if named or (counts and not draft.follows):
        company.take_small_words(draft, company.OF_PEOPLE)
        company.take_people(draft, company.anywhere)
    else:
        draft.drop(*(place for kind in (Deed, Member) for place, _ in draft.all(kind)))
    draft.drop(*doubts.bare_verbs(draft), *doubts.objects(draft), *doubts.done_to_values(draft))
    draft.drop(*doubts.before_their_window(draft))
    draft.drop(
        *doubts.scattered(draft), *doubts.of_one_row(draft, reading.model), *doubts.lasting(draft, reading.model)
    )
    draft.drop(*people_doubts.unpeopled(draft, reading.model), *people_doubts.done_to(draft))
    draft.drop(*people_doubts.side_by_side(draft), *people_doubts.of_the_same(draft, reading.model))
    reading.resolver.people(AudienceArgs(where=where))
    if by:
        reading.resolver.breakdown(by[0])
        draft.drop(*(place for place, word in draft.all(Word) if word.kind in {"list", "show"}))
        return _made("audience", AudienceArgs(where=where, show="breakdown", by=by[0]))
    show: Literal["list", "count"] = "count" if counts and not draft.has("list", "show") else "list"
    return _made("audience", AudienceArgs(where=where, show=show))


def _people(draft: Draft, reading: Reading) -> tuple[Condition, ...]:
    """What people did, then what they are; where it cannot all hold, what they did is left."""
    deeds, segments = islands.deeds(draft), islands.members(draft)
    undated = doubts.undated_members(draft, reading.model, dated=all(each.period for each in segments))
    draft.drop(*undated)
    where: tuple[Condition, ...] = (
        *deeds,
        *(() if undated else segments),
        *islands.filters(draft, several=True),
        *islands.births(draft, _birth_dimension(reading)),
    )
    try:
        check_conditions(where)
    except ValueError:
        draft.drop(*(place for place, _ in draft.all(Deed)), *(place for place, _ in draft.all(Member)))
        return ()
    return where


def _counts(draft: Draft) -> list[int]:
    """The words that ask how many people; one alone is carried, "人数是多少" being one."""
    heads = list(draft.words_left("headcount"))
    counts = [place for place in draft.words_left("count") if company.of_people(draft, place)]
    for place in list(draft.words_left("count")):
        if draft.beside(place, -1) in heads:
            draft.take(place)
    found = [*heads, *(place for place in counts if place not in draft.taken)]
    if len(found) == 1:
        draft.take(*found)
    return found


def _misfit_amounts(draft: Draft, metrics: Sequence[str], reading: Reading) -> list[int]:
    """The words that ask how much of what is counted, or how many of what is an amount."""
    counted = any(reading.model.metric(each).unit is None for each in metrics)
    money = any(reading.model.metric(each).unit is not None for each in metrics)
    return [
        place
        for place, word in draft.all(Word)
        if (word.kind == "amount" and counted) or (word.kind == "count" and money and draft.told(place).isascii())
    ]


def _made(name: str, args: QueryArgs | AudienceArgs) -> Call:
    return Call(name, plain(args))


def _birth_dimension(reading: Reading) -> str | None:
    return next((each.name for each in reading.model.dimensions.values() if each.kind == "birth_year"), None)


def _unclear(words: Words, cover: Cover) -> tuple[str, ...]:
    """The stretches that have more meanings than one."""
    return tuple(words.told(each[0].start, each[0].end) for each in cover.stretches if len(each) > 1)


def _choice(unclear: tuple[str, ...], calls: Sequence[Call], reading: Reading) -> Ask:
    """The whole question in each of its readings."""
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
        why = Text(f"还不会回答这个问题：{named.zh}在这里用不上。", f"Not yet: {named.en} cannot be used here.")
    else:
        why = Text(
            "还不会回答这个问题：没有看出要问哪个指标或哪些人。",
            "Not yet: no metric and no group of people that is known stands in the question.",
        )
    return Refusal(Text(f"{why.zh}{known.zh}", f"{why.en} {known.en}"), in_the_way, examples(reading)[:3])
