"""Which chart a query's table is drawn as."""

from collections.abc import Sequence

from tools.chart import CHART_WORDS, Chart, ChartType, DrawnAs, fitting
from tools.query.sentences import MOST_RANKED, ranked_by, scope_of
from warehouse.days import unfinished
from warehouse.labels import BY_GRAIN, group_label, join, measure_label
from warehouse.resolved import Measurement
from warehouse.table import Column, Table
from warehouse.text import Text
from warehouse.warehouse import Reading

MOST_DRAWN = MOST_RANKED  # rows that a chart is drawn from
SHARES = frozenset({"share", "share_of_parent"})


def drawing(
    wanted: DrawnAs | None, asked: Measurement, table: Table, reading: Reading
) -> tuple[Chart | None, tuple[Text, ...]]:
    """The chart asked for where it fits, else the one that fits best and a note."""
    if not table.rows:
        return None, ()
    if table.row_count > MOST_DRAWN:
        return None, (
            Text(f"多于 {MOST_DRAWN:,} 行，没有画图。", f"More than {MOST_DRAWN:,} rows: no chart is drawn."),
        )
    fits = _fits(asked, table)
    kind = wanted if wanted in fits else fits[0]
    notes = () if wanted is None or wanted == kind else (_unfit(wanted, kind),)
    keys = [column for column in table.columns if column.role != "measure"]
    drawn = _drawn(asked, table)
    chart = Chart(
        type=kind,
        title=_title(asked, table, drawn if kind != "table" else ()),
        subtitle=scope_of(asked, reading.sayer),
        x=keys[0].name if keys else None,
        y=drawn,
        series=keys[1].name if len(keys) > 1 else None,
        types=tuple(each for each in fits if each not in {kind, "table"}),
        unfinished=_cut(asked, table, keys, reading),
        grain=asked.grain,
    )
    return chart, notes


def _fits(asked: Measurement, table: Table) -> tuple[ChartType, ...]:
    chosen = asked.having or asked.keep or asked.asked.limit is not None
    whole = not (asked.against or asked.versus or chosen)
    additive = whole and all(
        each.metric.formula is None
        and each.measure.show in {"value", *SHARES}
        and all(leaf.route.additive for leaf in each.leaves)
        for each in asked.shown
    )
    fits = fitting(table, additive=additive, share=whole and any(each.measure.show in SHARES for each in asked.shown))
    if asked.order is None or "bar" not in fits:
        return fits
    return ("bar", *(each for each in fits if each != "bar"))


def _drawn(asked: Measurement, table: Table) -> tuple[str, ...]:
    """The columns drawn: the one ranked by where it is a comparison's, else the metrics, of the same unit."""
    main = ranked_by(asked, table)
    metrics = [each.column for each in asked.shown]
    if main.name not in metrics:
        return (main.name,)
    drawn = [name for metric in metrics for name in (metric, f"{metric}_before")]
    return tuple(
        each.name for each in table.columns if each.role == "measure" and each.name in drawn and each.unit == main.unit
    )


def _cut(asked: Measurement, table: Table, keys: list[Column], reading: Reading) -> str | None:
    """The last bucket, where the as-of day cuts it."""
    if asked.grain is None or asked.grain == "hour" or asked.window.span.end != reading.as_of:
        return None
    if not unfinished(asked.grain, asked.window.span, reading.as_of):
        return None
    return max(str(cell) for cell in table.column(keys[0].name))


def _title(asked: Measurement, table: Table, drawn: Sequence[str]) -> Text:
    """What is drawn, or all that is asked where nothing is, and by what."""
    labels = [measure_label(each) for each in asked.shown if not drawn or each.column in drawn]
    metrics = join(labels or [each.label for each in table.columns if each.name in drawn])
    groups = [group_label(each) for each in asked.by]
    cuts = [*([BY_GRAIN[asked.grain]] if asked.grain else []), *(Text(f"按{e.zh}", f"by {e.en}") for e in groups)]
    said = join(cuts)
    return Text(f"{metrics.zh}{said.zh and '，' + said.zh}", f"{metrics.en}{said.en and ' ' + said.en}")


def _unfit(wanted: DrawnAs, drawn: ChartType) -> Text:
    instead = next((words for name, words in CHART_WORDS.items() if name == drawn), Text(drawn, drawn))
    asked = CHART_WORDS[wanted]
    return Text(
        f"{asked.zh}不适合这样的数据，改用{instead.zh}。", f"{asked.en}: does not fit these data; {instead.en}."
    )
