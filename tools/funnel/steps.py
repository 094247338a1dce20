"""The steps of a funnel: what a model's events tell, and any behaviour beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from warehouse.errors import ModelError
from warehouse.model import Behaviour, SemanticModel
from warehouse.resolved import Window
from warehouse.role_sql import Deeds
from warehouse.text import Text

# From looking to paying: the parts of the event role that are conditions, and what they are called
# where no behaviour of the model is the same.
PARTS: Mapping[str, Text] = {
    "view": Text("浏览", "viewed"),
    "cart": Text("加购", "added to cart"),
    "order": Text("下单", "ordered"),
    "pay": Text("支付", "paid"),
}
# The parts of the purchase role that date what the events of an order and of a payment tell.
DATED_AS = {"placed": "order", "time": "pay"}


@dataclass(frozen=True)
class Step:
    """One step: its behaviour, its part of the event role, or both, where the two tell the same."""

    label: Text
    behaviour: Behaviour | None
    part: str | None

    def deeds(self, model: SemanticModel, window: Window) -> Deeds:
        """The rows of it: of events, where they tell it."""
        if self.part is None and self.behaviour is not None:
            return Deeds.of_behaviour(self.behaviour, window)
        return Deeds.of_role(model.role("event"), window, self.part)

    @property
    def definition(self) -> Text:
        """What reaching it means."""
        if self.part is None and self.behaviour is not None:
            return self.behaviour.definition
        return Text(f"有“{self.label.zh}”类型的行为事件", f"an event of the type “{self.label.en}”")


def steps(told: Sequence[str], model: SemanticModel) -> tuple[Step, ...]:
    """The steps told, or those that the model's events tell; raises `ModelError` where they tell fewer than two."""
    if told:
        behaviours = [model.behaviour(name) for name in told]
        return tuple(Step(each.words.label, each, _part_of(each, model)) for each in behaviours)
    known = {_part_of(each, model): each for each in reversed(list(model.behaviours.values()))}
    parts = [part for part in PARTS if part in model.role("event").parts]
    if len(parts) < 2:
        raise ModelError(
            Text(
                f"模型的角色 event 没有说明漏斗的步骤：{'、'.join(PARTS)} 里至少要两个。",
                f"The model's role event tells no steps of a funnel: at least two of {', '.join(PARTS)}.",
            ),
            Text("请在 roles.event.parts 里补上，或说出每一步。", "Add them, or name each step in the question."),
        )
    return tuple(Step(known[e].words.label if e in known else PARTS[e], known.get(e), e) for e in parts)


def _part_of(behaviour: Behaviour, model: SemanticModel) -> str | None:
    """The part of the event role that tells a behaviour: an order and a payment have events beside their own rows."""
    event, purchase = (model.roles.get(name) for name in ("event", "purchase"))
    if event is None:
        return None
    if behaviour.source == event.source:
        return next((each for each in PARTS if each in event.parts and event.parts[each] == behaviour.where), None)
    if purchase is None or behaviour.source != purchase.source or behaviour.where is not None:
        return None
    dated: dict[exp.Expr, str] = {purchase.parts[e]: part for e, part in DATED_AS.items() if e in purchase.parts}
    part = dated.get(behaviour.time)
    return part if part in event.parts else None
