"""From a question to a move: every reading of its words is planned, and the one that carries them all is the call."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import product
from typing import cast

from pydantic import ValidationError

from agent.answer import Answer
from agent.examples import said
from agent.planner import Ask, Call, Finish
from agent.understand import analyses, other_people, quotes, turns
from agent.understand.analyses import Analysis, is_analysis, people
from agent.understand.asides import Asides, Named
from agent.understand.back import Back, Read
from agent.understand.cover import Cover, cover
from agent.understand.grammar import doubts, followup, passes, plan, rises, slots
from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import Choice, Node, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.grammar.several_asked import each_counted
from agent.understand.labelled import is_value, valued
from agent.understand.lattice import Lattice, glosses
from agent.understand.loose import Vague as VagueTime
from agent.understand.mentions import Dimension, Loosely, Member, Mention, Vague
from agent.understand.open_question import OpenQuestion
from agent.understand.tool_words import Told
from agent.understand.turns import Before
from agent.understand.words import Words, read, replaced
from tools.audience import AudienceArgs
from tools.query.tool import QueryArgs
from tools.registry import NAMED, tool
from warehouse.calendar import listed_days
from warehouse.errors import ModelError, QueryError
from warehouse.query import All, Any_, Attribute, Condition, Did, Not, People, Segment, Total, plain
from warehouse.resolved import windows
from warehouse.text import LANGUAGES, Text
from warehouse.timepart import named_of_period
from warehouse.warehouse import Reading

MOST_OPTIONS = 5
VAGUE_TIMES = (Text("最近7天", "in the last 7 days"), Text("最近30天", "in the last 30 days"))


@dataclass(frozen=True)
class Heard:
    """A question, and what each stretch of it may mean; `analysis` where it names one."""

    words: Words
    mentions: Sequence[Mention]
    covered: Cover
    named: Named | None = None
    analysis: Analysis | None = None


class Reader:
    """Reads questions about one reading of the data."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._lattice = Lattice(reading)
        self.mentions = self._lattice.mentions
        self._asides = Asides(reading)
        self._back = Back(reading)
        self._open = OpenQuestion(reading, self._lattice, self._declines)

    def prepare(self) -> None:
        """Make ready what the first questions would wait for: words and their patterns, near names, public holidays."""
        asked = self._back.can_ask[1]
        for each, language in product(asked, LANGUAGES):
            self._declines(read(each.said(language)), ())
        self._lattice.second_look.prepare()
        with suppress(ModelError):  # of a country that is not known
            listed_days(self._reading.model.calendar.country, self._reading.as_of.year)

    def move(self, words: Words, earlier: Sequence[Answer] = ()) -> Call | Ask | Finish:
        """The call that carries every word; the choice where there are several; else a refusal that names what is not.

        `earlier` are the answers before, oldest first. Raises the `QueryError` of a reading that the model cannot
        give, where no other is whole.
        """
        before = turns.before(earlier)
        heard = self._heard(words, before)
        told = (
            self._asides.refused(words, heard.covered)
            or (heard.named and self._asides.other_tool(heard.named, words, heard.covered, before))
            or self._open.next(words, [Node(*each[0]) for each in heard.covered.stretches], earlier)
            or self._unclear(heard, earlier)
        )
        move = told or self._read_whole(heard, before)
        if isinstance(move, Finish) and heard.named is None:
            named = self._heard(words, before, names=False)
            move = self._read_whole(named, before) if named.analysis is not None else move
        return move

    def _heard(self, words: Words, before: Before | None, *, names: bool = True) -> Heard:
        """What each stretch of a question may mean; of one that names an analysis, without the words that do.

        Without `names` an analysis may be named by what is a name of the model, too: one that nothing else can be.
        """
        mentions = self._lattice.mentions(words)
        plan = None if before is None else before.plan
        groups = [
            *analyses.named_groups(words, plan, self._reading),
            *analyses.in_quotes(words, self._called, self._reading),
        ]
        mentions = analyses.in_place(mentions, groups)
        covered = cover(words, mentions)
        named = self._asides.named(words, covered, mentions, names=names)
        name = named.tool if named is not None else None if before is None or groups else before.plan["tool"]
        if name is None or not is_analysis(name):
            return Heard(words, mentions, covered, named)
        told = self._asides.told(name, words, covered, named)
        if not (told.places or named):
            return Heard(words, mentions, covered, named)
        analysis = Analysis(NAMED[name], told)
        mentions = analysis.without(mentions)
        return Heard(words, mentions, cover(words, mentions), named, analysis)

    def _unclear(self, heard: Heard, earlier: Sequence[Answer]) -> Call | Ask | Finish | None:
        """A question back about a word that people mean several things by: it with each of them in its place."""
        words, covered = heard.words, heard.covered
        named = {each[0].meaning.name for each in covered.stretches if isinstance(each[0].meaning, Dimension)}
        vague = [each[0] for each in covered.stretches if _is_unclear(each[0]) and not is_value(each, named)]
        if not vague:
            return None
        readings, why = self._meant_by(vague[0])
        if len(vague) == 1 and valued(vague[0], heard.covered, readings, self._reading.model):
            return self._declines(read(replaced(words.original, words.told(vague[0].start, vague[0].end), "")), earlier)
        cut_by = turns.cut_by(readings, turns.before(earlier), self._reading.model)
        told = tuple(dict.fromkeys(words.told(each.start, each.end) for each in vague))
        options: dict[Text, Call] = {}
        for phrase in (cut_by or readings) if len(vague) == 1 else ():
            asked = read(replaced(words.original, told[0], phrase.en if told[0].isascii() else phrase.zh))
            try:
                before = turns.before(earlier)
                move = self._read_whole(self._heard(asked, before), before)
            except QueryError:
                continue
            options |= {said(move, self._reading): move} if isinstance(move, Call) else {}
        if cut_by and options:
            return next(iter(options.values()))
        return Ask(why, tuple(options)[:MOST_OPTIONS] if len(options) > 1 else (), unused=told)

    def _meant_by(self, vague: Mention) -> tuple[Sequence[Text], Text]:
        """The phrases that an unclear word may stand for, and why it is asked about."""
        if isinstance(vague.meaning, Vague):
            unclear = self._reading.model.unclear[vague.meaning.place]
            return unclear.readings, unclear.why
        return VAGUE_TIMES, Text("要看哪段时间？", "Which days do you mean?")

    def _declines(self, words: Words, earlier: Sequence[Answer]) -> Call | Ask | Finish | None:
        """The move; None in place of an error."""
        try:
            return self.move(words, earlier)
        except QueryError:
            return None

    def _called(self, question: str) -> Call | None:
        """The call that a question is, by itself."""
        words = read(question)
        move = None if any(quotes.find(words.text)) else self._declines(words, ())
        return move if isinstance(move, Call) else None

    def _read_whole(self, heard: Heard, before: Before | None) -> Call | Ask | Finish:
        words, covered = heard.words, heard.covered
        likelier = covered.likelier()
        reads = list(self._reads(heard, likelier, before))
        calls = _whole(reads)
        if not calls and likelier != covered:
            calls = _whole(list(self._reads(heard, covered, before)))
        nearly_told: dict[str, tuple[Text, ...]] = {}
        if not calls and covered.unknown:
            guesses = self._lattice.second_look.guesses(words, covered)
            nearly = cover(words, [*heard.mentions, *(each.mention for each in guesses)])
            guessed = list(self._reads(heard, nearly, before)) if guesses else []
            calls = _whole(guessed)
            told = tuple(dict.fromkeys(each.doubt(words) for each in guesses)) if len(calls) == 1 else ()
            nearly_told = {_key(each): told for each in calls}
            covered = nearly if calls else covered
        match calls:
            case [only]:
                return replace(only, doubts=nearly_told.get(_key(only), ()))
            case []:
                return self._back.declined(reads, covered, before)
            case several:
                return turns.of_the_cut(several, before) or self._back.choice(words, covered, several[:MOST_OPTIONS])

    def _reads(self, heard: Heard, covered: Cover, before: Before | None) -> Iterator[Read]:
        words = heard.words
        for mentions in covered.readings():
            nodes = [Node(*each) for each in mentions]
            if heard.analysis is not None:
                yield from self._analysed(heard.analysis, Phrase(words, self._reading, nodes), before)
                continue
            before = _of_them(nodes, before)
            leans = self._stance(words, nodes, before) if before is not None or followup.cued(nodes) else "new"
            if before is None and leans == "follows" and followup.cued(nodes):
                yield Read(None, (), follows=True)
                continue
            if before is not None and leans != "new":
                yield from (followed := list(self._follow(words, nodes, before)))
                if leans == "follows" or (followup.timeless(nodes) and not _whole(followed)):
                    continue
            plain_ = Phrase(words, self._reading, list(nodes))
            yield (first := self._read(plain_))
            for name in plain_.forks:
                other = self._read(Phrase(words, self._reading, list(nodes), forks={name: True}))
                yield replace(other, parts=other.parts if first.call is None else first.parts)

    def _stance(self, words: Words, nodes: Sequence[Node], before: Before | None) -> followup.Stance:
        phrase = Phrase(words, self._reading, list(nodes))
        passes.apply(phrase)
        try:
            frame = slots.read(phrase)
            stance = followup.stance(phrase, frame, nodes)
        except ValueError:
            return "follows"
        if before is not None and frame.people and phrase.has("only") and not followup.acts(frame):
            return "follows"
        if before is not None and is_analysis(before.plan["tool"]):
            if other_people.leans(phrase, frame, nodes):
                return "follows"
            return "new" if stance == "either" or analyses.names_group(nodes, self._reading) else stance
        return "either" if stance == "new" and turns.shares_head(before, frame) else stance

    def _follow(self, words: Words, nodes: Sequence[Node], before: Before) -> Iterator[Read]:
        """The plan before, changed, in each way to read what may be read in two."""
        if is_analysis(before.plan["tool"]):
            same = Analysis(NAMED[before.plan["tool"]], Told())
            reads = self._analysed(same, Phrase(words, self._reading, list(nodes)), before)
            yield from (replace(each, follows=True) for each in reads)
            return
        first = self._followed(words, nodes, before, {})
        yield first
        for name in first.forks:
            yield self._followed(words, nodes, before, {name: True})

    def _followed(self, words: Words, nodes: Sequence[Node], before: Before, forks: Mapping[str, bool]) -> Read:
        unused: tuple[str, ...] = ()
        try:
            after = turns.after(before, words, nodes, self._reading, forks)
            unused = after.unused
            if after.args is not None:
                self._check(after.args)
            return Read(after.call(before, self._reading), unused, follows=True, forks=after.forks)
        except QueryError as error:
            return Read(None, unused, error, follows=True)
        except (ValidationError, ValueError):
            return Read(None, unused, follows=True)

    def _analysed(self, analysis: Analysis, phrase: Phrase, before: Before | None) -> Iterable[Read]:
        """The calls of an analysis; it leans on the plan before where it tells what to change, or of whom, by that."""
        plan = None if before is None else before.plan
        leans = plan is not None and (phrase.has("them") or analysis.changes(plan, phrase))
        if phrase.has("them") and (plan is None or people(plan) is None):
            return [Read(None, phrase.unused(), follows=True)]
        try:
            made = analyses.calls(analysis, phrase, plan if leans else None)
        except QueryError as error:
            return [Read(None, phrase.unused(), error)]
        except (ValidationError, ValueError) as error:
            return [Read(None, phrase.unused(), lacking=getattr(error, "lacking", None))]
        return [Read(each, phrase.unused()) for each in made]

    def _read(self, phrase: Phrase) -> Read:
        passes.apply(phrase)
        frame = Frame()
        try:
            frame = slots.read(phrase)
            if frame.measures and frame.period is not None and frame.grain is None and not frame.trend:
                rises.against_untold(phrase, frame, frame.period)
            doubts.drop(phrase, frame)
            call = self._call(phrase, frame)
        except QueryError as error:
            return Read(None, phrase.unused(), error)
        except (ValidationError, ValueError):
            return Read(None, phrase.unused())
        unused = phrase.unused() if call is None else (*phrase.unused(), *self._wrong_glosses(phrase, call))
        within = sum(isinstance(each, Segment) for each in frame.where if frame.measures)
        belonging = _belonging(phrase)
        return Read(call, unused, parts=len(frame.where) + sum(map(_depth, frame.where)) + within + belonging)

    def _wrong_glosses(self, phrase: Phrase, call: Call) -> tuple[str, ...]:
        """Days told beside "all time" that are not those of any window of the plan."""
        if not phrase.glosses:
            return ()
        args = tool(call.tool).Args.model_validate(call.args)
        resolver = self._reading.resolver
        bound = resolver.query(args) if isinstance(args, QueryArgs) else resolver.people(cast("AudienceArgs", args))
        spans = {window.span for window in windows(bound)}
        return tuple(told for told in phrase.glosses if not any(glosses(told, span) for span in spans))

    def _check(self, args: QueryArgs | AudienceArgs) -> None:
        """Raise the `QueryError` of a plan that the model cannot give."""
        if isinstance(args, QueryArgs):
            self._reading.resolver.query(args)
            return
        if any(map(self._of_period, args.where)):
            raise ValueError("who is new depends on the period asked, and rows of a deed have none")
        self._reading.resolver.people(args)
        if args.by is not None:
            self._reading.resolver.breakdown(args.by)

    def _of_period(self, condition: Condition) -> bool:
        """Whether a deed is told by what depends on the period asked."""
        inner = condition.not_ if isinstance(condition, Not) else condition
        dimensions = self._reading.model.dimensions
        told = inner.where if isinstance(inner, Did | Total) else ()
        return any(each.dimension in dimensions and named_of_period(dimensions[each.dimension]) for each in told)

    def _call(self, phrase: Phrase, frame: Frame) -> Call | None:
        if frame.people and self._counts_more(phrase, frame):
            counted = plan.as_metrics(frame, phrase)
            if counted is None:
                return None
            frame = counted
        if frame.people:
            if not frame.where and not (frame.counted or frame.listed or (frame.by and frame.customers)):
                return None
            plan.check_dated(frame, frame.where, phrase)
            people = plan.audience(frame)
            self._check(people)
            return _made("audience", people)
        if not frame.measures and not frame.bounds:
            return None
        args = plan.query(frame, phrase)
        self._check(args)
        return _made("query", args)

    def _counts_more(self, phrase: Phrase, frame: Frame) -> bool:
        """Whether people are counted by more than what a list of them can be broken down by."""
        cut = frame.grain is not None or frame.trend or frame.compare is not None or frame.counts > 1
        cut = cut or frame.chart not in {None, "table"}
        ranked = frame.ranking is not None or frame.sorting is not None
        told = [each for each in frame.where if isinstance(each, Attribute)]
        cut = cut or each_counted(phrase, frame) or (frame.counted and not all(map(self._about_people, told)))
        return cut or ranked or len(frame.by) > 1 or not all(map(self._about_people, frame.by))

    def _about_people(self, group: object) -> bool:
        name = getattr(group, "dimension", "")
        model = self._reading.model
        return name in model.dimensions and self._reading.resolver.about_people(model.dimension(name))


def _of_them(nodes: Sequence[Node], before: Before | None) -> Before | None:
    """The plan before; of an analysis its customers, where a question asks of these."""
    if before is None or not is_analysis(before.plan["tool"]) or not any(each.word("them") for each in nodes):
        return before
    where = people(before.plan)
    args = None if where is None else plain(People(where=where))
    return before if args is None else replace(before, plan={"tool": "audience", "args": args})


def _is_unclear(mention: Mention) -> bool:
    """Whether a stretch is one that people mean several things by."""
    meaning = mention.meaning
    return isinstance(meaning, Vague) or (isinstance(meaning, Loosely) and isinstance(meaning.loose, VagueTime))


def _belonging(phrase: Phrase) -> int:
    """What speaks against a reading of what is told to belong to a group: it is a segment before a value."""
    led = [phrase.part(place) for place in range(len(phrase.nodes)) if phrase.word(phrase.before(place), "belonging")]
    return sum(2 if isinstance(each, Choice | Test) else -1 for each in led if isinstance(each, Choice | Test | Member))


def _depth(condition: Condition) -> int:
    """How many conditions stand within one."""
    inner = condition.not_ if isinstance(condition, Not) else condition
    joined = inner.any if isinstance(inner, Any_) else inner.all if isinstance(inner, All) else ()
    return len(inner.where) if isinstance(inner, Did | Total) else sum(1 + _depth(each) for each in joined)


def _whole(reads: Sequence[Read]) -> list[Call]:
    """The calls that carry every word, of those with the fewest parts: 乙城、甲城 is one list before it is two."""
    whole = [each for each in reads if each.call is not None and not each.unused]
    fewest = min((each.parts for each in whole if not each.follows), default=0)
    plainest = [each for each in whole if each.follows or each.parts == fewest]
    return list({_key(each.call): each.call for each in plainest if each.call is not None}.values())


def _made(name: str, args: QueryArgs | AudienceArgs) -> Call:
    return Call(name, plain(args))


def _key(call: Call | None) -> str:
    return "" if call is None else f"{call.tool} {call.args}"
