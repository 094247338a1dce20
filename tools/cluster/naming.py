"""What clusters are called: by the features that set each apart, and the rules that tell it."""

from collections.abc import Sequence

from tools.cluster.features import Feature
from tools.cluster.fitting import Fitted
from tools.stats.rules import Rule
from warehouse.text import Text

LEAST_APART = 0.4  # standard deviations from the mean of all; nearer than this nobody would call it apart
USUAL = Text("各项接近平均", "about average")
MOST_WORDS = 4


def names(fitted: Fitted) -> tuple[Text, ...]:
    """A name for each cluster: what it has most of, or least of, each from another facet; no two alike."""
    ranked = [_leanings(fitted, each) for each in range(fitted.clusters.count)]
    told = [tuple(each[:2]) for each in ranked]
    for length in range(3, MOST_WORDS + 1):
        told = [tuple(ranked[at][:length]) if told.count(each) > 1 else each for at, each in enumerate(told)]
    return tuple(_named(each, at, told) for at, each in enumerate(told))


def _leanings(fitted: Fitted, cluster: int) -> list[Text]:
    means = fitted.standardised[fitted.clusters.labels == cluster].mean(axis=0)
    found = [
        (abs(float(means[at])), facet.name, each.leaning(up=bool(means[at] > 0)))
        for at, (facet, each) in enumerate((facet, each) for facet in fitted.facets for each in facet.features)
    ]
    apart = sorted((each for each in found if each[0] >= LEAST_APART), key=lambda each: -each[0])
    first = {facet: words for _, facet, words in reversed(apart)}
    best = [words for _, facet, words in apart if words is first[facet]]
    return [*best, *(words for _, facet, words in apart if words is not first[facet])]


def _named(leanings: Sequence[Text], at: int, all_: Sequence[Sequence[Text]]) -> Text:
    words = leanings or (USUAL,)
    mark = f" {at + 1}" if all_.count(leanings) > 1 else ""
    return Text("、".join(each.zh for each in words) + mark, ", ".join(each.en for each in words) + mark)


def rule(fitted: Fitted, cluster: int) -> tuple[Text | None, float | None, float | None]:
    """How the tree tells a cluster, the share of those told so that are in it, and the share of it told so."""
    own = [each for each in fitted.rules.rules if each.group == cluster]
    if not own:
        return None, None, None
    ways = [_way(each, fitted.features) for each in sorted(own, key=lambda each: -each.right)]
    held, right = sum(each.held for each in own), sum(each.right for each in own)
    said = Text("；或 ".join(each.zh for each in ways), "; or ".join(each.en for each in ways))
    return said, right / held if held else None, right / max(fitted.rules.sizes[cluster], 1)


def _way(rule: Rule, features: Sequence[Feature]) -> Text:
    bounds = [(features[each.column], ">" if each.above else "≤", each.value) for each in rule.bounds]
    zh = " 且 ".join(f"{each.label.zh} {sign} {_written(each, value)}" for each, sign, value in bounds)
    en = " and ".join(f"{each.label.en} {sign} {_written(each, value)}" for each, sign, value in bounds)
    return Text(zh, en)


def _written(feature: Feature, value: float) -> str:
    if feature.unit == "ratio":
        return f"{value:.1%}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
