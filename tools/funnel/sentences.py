"""What a funnel shows, in words."""

from collections.abc import Iterator, Sequence

from tools.funnel.findings import SURE, Compared, Counts, differ, most_lost
from tools.funnel.query import Bound
from tools.tool import Figure, Sentence
from warehouse.text import Text
from warehouse.warehouse import Reading

THIN = 30  # users of a first step below which shares move by several points with one of them
ARROW = "→"
LIKE_THE_SECOND = Text("，和第二多的一步看不出真正的差别。", ", no clear difference from the second.")


def sentences(funnel: Bound, groups: Sequence[Counts], reading: Reading) -> tuple[Sentence, ...]:
    """The conversion first, then where most are lost; of groups, which convert best, or that none differ."""
    labels = [each.label for each in funnel.steps]
    if funnel.groups:
        return tuple(_two(Compared(groups[0], groups[1]), labels))
    if len(groups) > 1 or funnel.cut is not None:
        return tuple(_several(groups, labels))
    window = reading.sayer.window(funnel.window)
    return (_whole(groups[0], labels, window), *_losses(groups[0], labels))


def _whole(counts: Counts, labels: Sequence[Text], window: Text) -> Sentence:
    first, last = labels[0], labels[-1]
    return Sentence(
        (
            Text(f"{window.zh}，从{first.zh}到{last.zh}，走完的占 ", f"{window.en}, from {first.en} to {last.en}: "),
            Figure(counts.conversion, "ratio"),
            Text("，", " convert, "),
            Figure(counts.users[0]),
            Text(" 人里有 ", " users down to "),
            Figure(counts.users[-1]),
            Text(" 人走到最后一步。", "."),
        )
    )


def _losses(counts: Counts, labels: Sequence[Text]) -> Iterator[Sentence]:
    """Where most users are lost, and the step that the smallest share takes, where it is another."""
    at, clearly = most_lost(counts)
    if not counts.lost[at - 1]:
        return
    way = _way(labels, at)
    much = Text("流失最多的是", "Most are lost at ") if clearly else Text("流失较多的是", "Many are lost at ")
    rest = Text("，只有 ", ", where only ")
    yield Sentence(
        (
            Text(f"{much.zh}{way.zh}：少了 ", f"{much.en}{way.en}: "),
            Figure(counts.lost[at - 1]),
            Text(f" 人{rest.zh}", f" users{rest.en}"),
            Figure(counts.of_previous(at), "ratio"),
            Text(" 走到下一步", " go on"),
            Text("。", ".") if clearly else LIKE_THE_SECOND,
        )
    )
    lowest = min(range(1, len(labels)), key=lambda each: (counts.of_previous(each) or 0.0, each))
    if lowest != at and counts.users[lowest - 1]:
        way = _way(labels, lowest)
        yield Sentence(
            (
                Text(f"走到下一步的比例最低的是{way.zh}：", f"The lowest rate is at {way.en}: "),
                Figure(counts.of_previous(lowest), "ratio"),
                Text("。", "."),
            )
        )


def _two(compared: Compared, labels: Sequence[Text]) -> Iterator[Sentence]:
    """Both groups' conversions, and the step where they differ most; or that chance alone would have them so."""
    last = len(labels) - 1
    sure = compared.overall is not None and compared.overall < SURE
    yield Sentence(
        (
            Text(f"从{labels[0].zh}到{labels[-1].zh}：", f"from {labels[0].en} to {labels[-1].en}: "),
            Text(f"{_named(compared.first)} ", f"{_named(compared.first)} "),
            Figure(compared.first.conversion, "ratio"),
            Text(f"，{_named(compared.second)} ", f", {_named(compared.second)} "),
            Figure(compared.second.conversion, "ratio"),
            Text("，相差 ", ", a difference of "),
            Figure(compared.first_difference(last), "pp"),
            _verdict(sure=sure, thin=compared.overall is None),
        )
    )
    for at in compared.apart[:1]:
        way = _way(labels, at)
        yield Sentence(
            (
                Text(f"差别最大的一步是{way.zh}，占上一步相差 ", f"They differ most at {way.en}: "),
                Figure(compared.previous_difference(at), "pp"),
                Text("。", " of the step before."),
            )
        )
    if not compared.apart:
        yield Sentence((Text("没有一步有真正的差别。", "At no step do they really differ."),))


def _several(groups: Sequence[Counts], labels: Sequence[Text]) -> Iterator[Sentence]:
    known = [each for each in groups if each.users[0] >= THIN] or list(groups)
    ranked = sorted(known, key=lambda each: (-(each.conversion or 0.0), str(each.group)))
    best, worst = ranked[0], ranked[-1]
    parts: list[Text | Figure] = [
        Text(f"从{labels[0].zh}到{labels[-1].zh}，走完的比例", f"from {labels[0].en} to {labels[-1].en}, "),
        Text(f"{_named(best)}最高：", f"{_named(best)} converts best: "),
        Figure(best.conversion, "ratio"),
    ]
    if worst is not best:
        parts += [
            Text(f"；{_named(worst)}最低：", f"; {_named(worst)} worst: "),
            Figure(worst.conversion, "ratio"),
            _verdict(sure=differ(known), thin=False),
        ]
    else:
        parts.append(Text("。", "."))
    yield Sentence(tuple(parts))


def _verdict(*, sure: bool, thin: bool) -> Text:
    if thin:
        return Text("；人太少，说不准是不是真的差别。", "; too few users to tell whether it is real.")
    if sure:
        return Text("，差异显著。", ", more than chance would have.")
    return Text("，看不出真正的差别。", ", no real difference.")


def _way(labels: Sequence[Text], at: int) -> Text:
    before, after = labels[at - 1], labels[at]
    return Text(f"{before.zh}{ARROW}{after.zh}", f"{before.en} {ARROW} {after.en}")


def _named(counts: Counts) -> str:
    return "—" if counts.group is None else str(counts.group)
