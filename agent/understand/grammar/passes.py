"""The rules in their order: what stands alone first, then what is joined of it."""

from agent.understand.grammar import (
    ceased,
    comparing,
    cuts,
    edges,
    filters,
    lasting,
    measures,
    orders,
    rows,
    times_done,
    windows,
)
from agent.understand.grammar.phrase import Phrase, Rule, everywhere

PASSES: tuple[Rule, ...] = (
    ceased.ceased,
    edges.customers_by_then,
    edges.edges,
    windows.the_same,
    windows.several,
    filters.all_time,
    filters.births,
    filters.lists,
    filters.texts,
    filters.quoted_values,
    filters.named,
    lasting.lasting,
    filters.days,
    filters.once,
    measures.ranked,
    measures.counted,
    rows.counted,
    times_done.times_done,
    times_done.light_verbs,
    measures.pieces_of,
    rows.named,
    measures.shown,
    measures.of_denominator,
    cuts.charts,
    cuts.buckets,
    comparing.against,
    comparing.paired,
    comparing.base,
    comparing.glossed,
    comparing.contrasts,
    orders.rankings,
    orders.numbered,
    orders.ordered_by,
    comparing.columns,
    orders.bests_first,
    orders.sortings,
    filters.left_out,
    filters.ranges,
    cuts.cuts,
    orders.much,
    measures.share_alone,
    measures.share_of_people,
)


def apply(phrase: Phrase) -> None:
    """Join what belongs together."""
    for rule in PASSES:
        everywhere(phrase, rule)
