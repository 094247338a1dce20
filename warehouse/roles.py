"""The roles that a model may fill, and the parts of each: what tools ask for instead of tables and columns."""

from typing import Final, NamedTuple


class Parts(NamedTuple):
    """The parts that a role must tell, and those that it may."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every part that the role may tell."""
        return self.required + self.optional


# The customer is told apart, with words and dimensions of its own. `customer`, `product` and the like hold the
# key of that role's row. Of an event, view, cart, order and pay are conditions: the steps from looking to paying.
ROLES: Final[dict[str, Parts]] = {
    "purchase": Parts(
        ("key", "customer", "time", "amount"),
        ("placed", "discount", "platform", "campaign", "coupon"),
    ),
    "line": Parts(("purchase", "product", "quantity", "amount"), ("cost", "price", "discount")),
    "product": Parts(
        ("key", "name"),
        ("category", "subcategory", "brand", "price", "cost", "launched", "active", "lead_time"),
    ),
    "event": Parts(
        ("customer", "time", "type"),
        ("key", "session", "product", "page", "stay", "keyword", "channel", "view", "cart", "order", "pay"),
    ),
    "refund": Parts(
        ("time", "amount"),
        ("key", "purchase", "line", "customer", "product", "quantity", "type", "reason"),
    ),
    "campaign": Parts(("key", "name", "start", "end"), ("type", "budget")),
    "message": Parts(
        ("customer", "sent"),
        ("key", "campaign", "channel", "opened", "clicked", "unsubscribed", "purchase"),
    ),
    "coupon": Parts(
        ("key", "customer", "issued"),
        ("campaign", "threshold", "discount", "expires", "used"),
    ),
    "ad_spend": Parts(
        ("time", "spend"),
        ("platform", "product", "impressions", "clicks", "registrations", "purchases", "revenue"),
    ),
    "experiment": Parts(("key", "name"), ("start", "end")),
    "assignment": Parts(("experiment", "customer", "variant"), ("time",)),
    "stock": Parts(("time", "product", "quantity"), ("warehouse", "arriving")),
    "review": Parts(("time", "rating"), ("key", "purchase", "product", "customer", "text")),
}
