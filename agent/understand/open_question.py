"""After a question back: what is said next may tell what was unclear, or something about whatever will be chosen."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from agent.answer import Answer
from agent.examples import said
from agent.planner import Ask, Call, Finish
from agent.understand.cover import cover
from agent.understand.grammar.node import Node
from agent.understand.lattice import Lattice
from agent.understand.mentions import Born, Measure, Ranked, Vague, Value, Word
from agent.understand.turns import tells_all
from agent.understand.words import Words, read
from warehouse.text import Text
from warehouse.warehouse import Reading

# What may stand around what is told, and what makes it a change instead.
AROUND = ("also", "instead", "follow", "only", "by", "at", "split", "grouped", "meant", "comma", "belonging", "aux")
CHANGES = ("also", "instead", "drop", "only", "follow", "by", "split", "each", "which")
STILL_OPEN = Text("上一个问题还没有选定。请选一个：", "The question before is still open. Choose one:")

Move = Callable[[Words, Sequence[Answer]], Call | Ask | Finish | None]


@dataclass(frozen=True)
class _Told:
    """A question asked back about, with what is told now in place of its unclear word."""

    question: str
    note: Text


class OpenQuestion:
    """The question asked back about last; `move` reads a question after some answers, None where it cannot be given."""

    def __init__(self, reading: Reading, lattice: Lattice, move: Move) -> None:
        self._reading, self._lattice, self._move = reading, lattice, move

    def next(self, words: Words, nodes: Sequence[Node], earlier: Sequence[Answer]) -> Call | Ask | None:
        """What a question is by the one before it that is open; None where none is, or it is about something else."""
        if not earlier or earlier[-1].status not in {"clarify", "refuse"} or tells_all(nodes):
            return None
        settled = self._settled(words, nodes, earlier)
        return settled or self._picked(words, nodes, earlier[-1]) or self._about_any(words, earlier)

    def _picked(self, words: Words, nodes: Sequence[Node], last: Answer) -> Call | None:
        """The one of the options that holds what is told, where the others do not."""
        first, end = _content(nodes)
        told = words.text[nodes[first].start : nodes[end - 1].end] if first < end else ""
        held = [each for each in last.options if told in read(each).text] if len(told) > 1 else []
        move = self._move(read(held[0]), ()) if len(held) == 1 else None
        note = Text(f"上一个问题选定为：{held[0]}", f"Chosen for the question before: {held[0]}") if held else None
        return replace(move, notes=(note, *move.notes)) if isinstance(move, Call) and note is not None else None

    def _settled(self, words: Words, nodes: Sequence[Node], earlier: Sequence[Answer]) -> Call | Ask | None:
        """The question asked back about, where this one only tells what an unclear word of it means."""
        for told in self._told(words, nodes, earlier[-1]):
            move = self._move(read(told.question), earlier[:-1])
            if isinstance(move, Call):
                return replace(move, notes=(told.note, *move.notes))
            if isinstance(move, Ask):
                return move
        return None

    def _told(self, words: Words, nodes: Sequence[Node], last: Answer) -> Iterator[_Told]:
        first, end = _content(nodes)
        if first >= end:
            return
        meant = any(each.word("meant") for each in nodes[:first])
        if last.status == "refuse" and not (meant or _one_name(nodes, first, end)):
            return
        told = words.told(nodes[first].start, nodes[end - 1].end)
        for word in last.unused:
            if word in last.question and self._may_mean(word, nodes[first:end]):
                zh, en = f"上一个问题里的「{word}」按「{told}」算", f"“{word}” in the question before taken as “{told}”"
                yield _Told(last.question.replace(word, told, 1), Text(zh, en))

    def _may_mean(self, word: str, nodes: Sequence[Node]) -> bool:
        """Whether an unclear word may mean what is told: something of the kind that one of its readings is."""
        unclear = [part.place for part in self._parts(word) if isinstance(part, Vague)]
        if not unclear:
            return True
        phrases = [each for place in unclear for each in self._reading.model.unclear[place].readings]
        known = {_kind(part) for each in phrases for text in (each.zh, each.en) for part in self._parts(text)}
        return {_kind(each.part) for each in nodes if not isinstance(each.part, Word)} <= known

    def _parts(self, text: str) -> Iterator[object]:
        words = read(text)
        yield from (each[0].meaning for each in cover(words, self._lattice.mentions(words)).stretches)

    def _about_any(self, words: Words, earlier: Sequence[Answer]) -> Ask | None:
        """The same choice, each with what is told now: it is about the question asked back, not one before it."""
        last, alone = earlier[-1], self._move(words, ())
        options: dict[Text, None] = {}
        for option in last.options:
            whole = self._move(read(option), ())
            if isinstance(whole, Call):
                plan = {"tool": whole.tool, "args": whole.args}
                chosen = replace(last, status="answer", question=option, plan=plan, unused=(), options=())
                changed = self._move(words, (*earlier[:-1], chosen))
                if isinstance(alone, Call) and isinstance(changed, Call) and alone.args == changed.args:
                    return None  # it asks something new
                options |= {said(changed, self._reading): None} if isinstance(changed, Call) else {}
        return Ask(STILL_OPEN, tuple(options)) if options else None


def _kind(part: object) -> object:
    """What a part is: a value by what it is of; to be ranked by a metric is as the metric."""
    if isinstance(part, Value):
        return part.dimension
    return Measure if isinstance(part, Ranked) else type(part)


def _one_name(nodes: Sequence[Node], first: int, end: int) -> bool:
    """Whether a name alone is told, with no word to change, to cut or to narrow by it."""
    changes = any(node.word(kind) for node in nodes for kind in CHANGES if not node.word("grouped"))
    return end == first + 1 and isinstance(nodes[first].part, Measure | Value | Born) and not changes


def _content(nodes: Sequence[Node]) -> tuple[int, int]:
    """Where what is told begins and ends, without the words around it."""
    told = [at for at, node in enumerate(nodes) if not any(node.word(kind) for kind in ("filler", *AROUND))]
    return (told[0], told[-1] + 1) if told else (0, 0)
