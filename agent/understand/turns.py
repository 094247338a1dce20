"""What was said before a question: the answer that it may lean on, and a question asked back that it may settle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from agent.answer import Answer
from agent.planner import Call
from agent.understand.analyses import is_analysis
from agent.understand.grammar import conditions, followup
from agent.understand.grammar.found import found
from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import Node
from agent.understand.grammar.phrase import Phrase
from agent.understand.kept import kept
from agent.understand.mentions import Deed, Measure, Member, People, Unknown, When, Word
from agent.understand.words import Words
from tools.audience import AudienceArgs
from tools.query.tool import QueryArgs
from warehouse.model import SemanticModel
from warehouse.query import Did, Not, Total, plain
from warehouse.text import Text
from warehouse.warehouse import Reading

# What may stand around a word told in place of an unclear one: I mean the registration channel, then.
CHANGED = ("query", "audience")
EXPORTED = Text("全部行可以从结果表下载", "All rows can be downloaded from the table")


@dataclass(frozen=True)
class Before:
    """The answer that a question may lean on, and its plan."""

    answer: Answer
    plan: Mapping[str, Any]

    @property
    def call(self) -> Call:
        """The call that gave the answer."""
        return Call(self.plan["tool"], self.plan["args"])


@dataclass(frozen=True)
class After:
    """The plan before as a question changes it: None where it cannot be changed so; and what no part of it carries."""

    args: QueryArgs | AudienceArgs | None
    unused: tuple[str, ...]
    forks: frozenset[str] = frozenset()
    exports: bool = False

    def call(self, before: Before, reading: Reading) -> Call | None:
        """The call, and what it kept of the one before; None where it is none, or the same."""
        if self.args is None:
            return None
        made = Call("query" if isinstance(self.args, QueryArgs) else "audience", plain(self.args))
        if made == Call(before.call.tool, dict(before.call.args)):
            return replace(made, notes=(EXPORTED,)) if self.exports else None
        return Call(made.tool, made.args, notes=(kept(before.call, made, reading),))


def before(earlier: Sequence[Answer]) -> Before | None:
    """The last answer with a plan that a question can change; thanks and help in between do not count."""
    plans = ((each, each.plan) for each in reversed(earlier) if each.status == "answer" and each.plan is not None)
    return next(
        (Before(each, plan) for each, plan in plans if plan["tool"] in CHANGED or is_analysis(plan["tool"])), None
    )


def cut_by(readings: Sequence[Text], last: Before | None, shop: SemanticModel) -> tuple[Text, ...]:
    """Of what an unclear word may mean, the one that the answer before is cut by: which tier, after city tiers."""
    if last is None or last.plan["tool"] != "query":
        return ()
    groups = [each.dimension for each in QueryArgs.model_validate(last.plan["args"]).by]
    names = [name for each in groups if each in shop.dimensions for name in shop.dimension(each).words.zh]
    told = tuple(each for each in readings if each.zh in names)
    return told if len(told) == 1 else ()


def of_the_cut(calls: Sequence[Call], last: Before | None) -> Call | None:
    """Of several calls the one that is limited to a group that the answer before was cut by."""
    if last is None or last.plan["tool"] != "query":
        return None
    groups = {each.dimension for each in QueryArgs.model_validate(last.plan["args"]).by}
    meant = [each for each in calls if groups & {told.get("dimension") for told in each.args.get("where", ())}]
    return meant[0] if len(meant) == 1 else None


def shares_head(last: Before | None, frame: Frame) -> bool:
    """Whether a question that tells no time asks for what was asked in one: 上周里程, then 每天的里程."""
    if last is None or frame.period is not None or frame.all_time:
        return False
    args = last.plan["args"]
    if last.plan["tool"] == "query":
        told = {each if isinstance(each, str) else each["metric"] for each in args["metrics"]}
        return "period" in args and any(each.metric in told for each in frame.measures)
    dated = any("period" in each or "period" in each.get("not", {}) for each in args.get("where", ()))
    fresh = [each.not_ if isinstance(each, Not) else each for each in frame.where]
    undated = all(each.period is None for each in fresh if isinstance(each, Did | Total))
    return last.plan["tool"] == "audience" and frame.people and dated and undated and bool(frame.where)


def after(last: Before, words: Words, nodes: Sequence[Node], reading: Reading, forks: Mapping[str, bool]) -> After:
    """The plan before with what a question's clauses change, one after the other.

    Raises `QueryError` for what the model cannot give, `ValueError` for what is no plan.
    """
    pointed = found(nodes, last.plan, last.answer.table)
    if pointed is None:
        return After(None, ())
    plan: Mapping[str, Any] = last.plan
    unused: list[str] = []
    names: set[str] = set()
    args: QueryArgs | AudienceArgs | None = None
    for clause in followup.clauses(pointed.nodes):
        held = AudienceArgs.model_validate(plan["args"]).where if plan["tool"] == "audience" else ()
        phrase = Phrase(words, reading, list(clause), forks=dict(forks), done_to=conditions.done_to(held), follows=True)
        args = followup.edited(plan, phrase, pointed.single)
        unused += phrase.unused()
        names |= set(phrase.forks)
        if args is None:
            return After(None, tuple(unused))
        plan = {"tool": "query" if isinstance(args, QueryArgs) else "audience", "args": plain(args)}
    exports = any(each.word("export") or each.word("list") for each in nodes)
    return After(args, tuple(unused), frozenset(names), exports)


def may_lean(nodes: Sequence[Node]) -> bool:
    """Whether a question may have been meant to go on from another: something of it is known, and it is not whole."""
    known = any(
        not isinstance(each.part, Unknown) and not (isinstance(each.part, Word) and each.part.harmless)
        for each in nodes
    )
    return known and not tells_all(nodes)


def tells_all(nodes: Sequence[Node]) -> bool:
    """Whether a question tells its own time and what it asks for."""
    timed = any(isinstance(each.part, When) for each in nodes)
    return timed and any(isinstance(each.part, Measure | Deed | Member | People) for each in nodes)
