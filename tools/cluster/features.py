"""One row of features a customer: what the model's roles tell of how somebody shops, by SQL."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from warehouse.model import Role, SemanticModel
from warehouse.resolved import Crowd
from warehouse.stop import Stop
from warehouse.table import Column
from warehouse.text import Text
from warehouse.warehouse import Reading

MOST_VALUES = 8
NEW_DAYS = 90
CUSTOMER = "customer"
LINES = "FROM line JOIN purchase ON line.purchase = purchase.key"
STEPS = (("view", Text("浏览", "views")), ("cart", Text("加购", "additions to the cart")))
WITH_PRODUCTS = f"{LINES} JOIN product ON line.product = product.key"


@dataclass(frozen=True)
class Feature:
    """A number of a customer: an aggregate over the rows of its facet, what people call it, and a great and small one.

    `counts` where no row means none, not unknown. SQL that holds `$` and the feature's name there has its `value`.
    """

    name: str
    label: Text
    sql: str
    unit: str | None = None
    great: Text | None = None
    small: Text | None = None
    counts: bool = False
    value: str | None = None

    def leaning(self, *, up: bool) -> Text:
        """What customers are who have much, or little, of it."""
        told = self.great if up else self.small
        way = Text("高", "high") if up else Text("低", "low")
        return told or Text(f"{self.label.zh}{way.zh}", f"{way.en} {self.label.en}")


@dataclass(frozen=True)
class Facet:
    """Features that the same rows tell; `rows` is what they are read from, `customer` whose a row is."""

    name: str
    label: Text
    rows: str
    customer: str
    features: tuple[Feature, ...]

    def part(self) -> str:
        """The facet's features by customer, as a named part of a query."""
        told = ", ".join(f"{each.sql} AS {each.name}" for each in self.features)
        known = f"{self.customer} IS NOT NULL"
        return (
            f"by_{self.name} AS (SELECT {self.customer} AS customer, {told} {self.rows} WHERE {known} "
            f"GROUP BY {self.customer})"
        )


def facets(reading: Reading, population: Crowd, stop: Stop) -> tuple[Facet, ...]:
    """The facets that the model's roles tell, purchases first; raises `ModelError` where it fills no purchase."""
    model = reading.model
    purchase = model.role("purchase")
    found = [
        Facet("purchase", Text("购买", "purchases"), "FROM purchase", CUSTOMER, tuple(_purchases(model, purchase)))
    ]
    if "platform" in purchase.parts:
        found.append(_platforms(reading, population, stop))
    if "line" in model.roles:
        found += _lines(reading, population, stop)
    found += [tell(model.role(name)) for name, tell in MORE.items() if name in model.roles]
    return tuple(each for each in found if each.features)


def left_out(model: SemanticModel) -> tuple[str, ...]:
    """The roles that would tell features, and that the model does not fill."""
    return tuple(name for name in ("line", "product", "event", "message", "coupon") if name not in model.roles)


def query(told: Sequence[Facet]) -> str:
    """A row a buyer, with every feature, by the customer's key."""
    first, *others = told
    shown = [f"by_{first.name}.customer AS customer"]
    for facet in told:
        for each in facet.features:
            column = f"by_{facet.name}.{each.name}"
            shown.append(f"{f'coalesce({column}, 0)' if each.counts else column} AS {each.name}")
    joins = [f"LEFT JOIN by_{each.name} ON by_{first.name}.customer = by_{each.name}.customer" for each in others]
    parts = ", ".join(each.part() for each in told)
    tables = f"by_{first.name} {' '.join(joins)}"
    return f"WITH {parts} SELECT {', '.join(shown)} FROM {tables} ORDER BY by_{first.name}.customer"


def _purchases(model: SemanticModel, purchase: Role) -> Iterator[Feature]:
    money = unit(model, purchase)
    last = "date_diff('day', CAST(max(time) AS DATE), $as_of)"
    yield Feature(
        "recency", Text("距上次购买天数", "days since the last purchase"), last, "days",
        Text("久未购买", "not bought for long"), Text("最近买过", "bought lately"),
    )  # fmt: skip
    yield Feature(
        "purchases", Text("购买次数", "purchases"), "count(*)", None,
        Text("买得多", "many purchases"), Text("买得少", "few purchases"),
    )  # fmt: skip
    yield Feature("mean_amount", Text("每次购买金额", "amount per purchase"), "avg(amount)", money)
    if "discount" in purchase.parts:
        off = "sum(discount) / nullif(sum(amount) + sum(discount), 0)"
        yield Feature("discount_share", Text("优惠占比", "discount share"), off, "ratio")
    if "coupon" in purchase.parts:
        yield _share("with_coupon", Text("凭券购买占比", "share of purchases with a coupon"), "coupon IS NOT NULL")
    if "campaign" in purchase.parts:
        yield _share("in_campaign", Text("活动购买占比", "share of purchases in campaigns"), "campaign IS NOT NULL")


def _platforms(reading: Reading, population: Crowd, stop: Stop) -> Facet:
    sql = "SELECT platform AS value, count(*) AS total FROM purchase GROUP BY platform ORDER BY total DESC, value"
    features = []
    for at, value in enumerate(_values(sql, reading, population, stop)):
        said = _called(value, reading.model, "purchase", "platform")
        label = Text(f"{said.zh}购买占比", f"share of purchases on {said.en}")
        features.append(replace(_share(f"platform_{at}", label, f"platform = $platform_{at}"), value=value))
    return Facet("platform", Text("购买平台", "platforms"), "FROM purchase", CUSTOMER, tuple(features))


def _lines(reading: Reading, population: Crowd, stop: Stop) -> Iterator[Facet]:
    model = reading.model
    product = model.roles.get("product")
    parts = frozenset() if product is None else product.parts.keys()
    fresh = f"date_diff('day', CAST(product.launched AS DATE), CAST(purchase.time AS DATE)) <= {NEW_DAYS}"
    told = "count(*) AS lines, sum(line.quantity) AS pieces, sum(line.amount) AS amount"
    if "launched" in parts:
        told += f", sum(CASE WHEN {fresh} THEN 1 ELSE 0 END) AS fresh"
    source = WITH_PRODUCTS if "launched" in parts else LINES
    of_purchase = f"SELECT purchase.customer AS customer, {told} {source} GROUP BY purchase.customer, purchase.key"
    features = [
        Feature("pieces", Text("每次购买数量", "pieces per purchase"), "avg(pieces)"),
        Feature("products", Text("每次购买商品数", "products per purchase"), "avg(lines)"),
        Feature(
            "piece_price", Text("每件价格", "price of a piece"), "sum(amount) / nullif(sum(pieces), 0)",
            unit(model, model.role("line")),
        ),
    ]  # fmt: skip
    if "launched" in parts:
        label = Text(f"上架{NEW_DAYS}天内新品占比", f"share of products launched within {NEW_DAYS} days")
        features.append(Feature("fresh_share", label, "sum(fresh) / nullif(sum(lines), 0)", "ratio"))
    yield Facet("line", Text("购物篮", "baskets"), f"FROM ({of_purchase}) AS baskets", CUSTOMER, tuple(features))
    if "category" in parts:
        yield _categories(reading, population, stop)


def _categories(reading: Reading, population: Crowd, stop: Stop) -> Facet:
    sql = f"SELECT product.category AS value, sum(line.amount) AS total {WITH_PRODUCTS} GROUP BY product.category"
    features, bought = [], []
    for at, value in enumerate(_values(f"{sql} ORDER BY total DESC, value", reading, population, stop)):
        said = _called(value, reading.model, "product", "category")
        own = f"sum(CASE WHEN product.category = $category_{at} THEN line.amount ELSE 0 END)"
        label = Text(f"{said.zh}金额占比", f"share of spending on {said.en}")
        share = f"{own} / nullif(sum(line.amount), 0)"
        features.append(Feature(f"category_{at}", label, share, "ratio", value=value))
        bought.append(f"max(CASE WHEN product.category = $category_{at} THEN 1 ELSE 0 END)")
    if bought:
        features.append(
            Feature(
                "variety", Text("品类数", "categories bought"), " + ".join(bought), None,
                Text("品类广", "many categories"), Text("品类窄", "few categories"),
            )
        )  # fmt: skip
    return Facet("category", Text("品类", "categories"), WITH_PRODUCTS, "purchase.customer", tuple(features))


def _events(event: Role) -> Facet:
    """By days first: counting the different days among millions of rows takes four times as long."""
    steps = [(part, label) for part, label in STEPS if part in event.parts]
    counted = "".join(f", sum(CASE WHEN {part} THEN 1 ELSE 0 END) AS {part}s" for part, _ in steps)
    by_day = "SELECT customer, CAST(time AS DATE) AS active_on{} FROM event GROUP BY customer, CAST(time AS DATE)"
    features = [
        Feature(
            "active_days", Text("活跃天数", "active days"), "count(*)", None,
            Text("来得勤", "comes often"), Text("来得少", "comes seldom"), counts=True,
        )
    ]  # fmt: skip
    features += [Feature(f"{part}s", label, f"sum({part}s)", counts=True) for part, label in steps]
    return Facet(
        "event", Text("行为", "visits"), f"FROM ({by_day.format(counted)}) AS active", CUSTOMER, tuple(features)
    )


def _messages(message: Role) -> Facet:
    features = [Feature("received", Text("收到的推送", "messages received"), "count(*)", counts=True)]
    for part, label in (("opened", Text("推送打开占比", "open rate")), ("clicked", Text("推送点击占比", "click rate"))):
        if part in message.parts:
            features.append(_share(f"message_{part}", label, f"{part} < $as_of + 1"))
    return Facet("message", Text("推送", "messages"), "FROM message", CUSTOMER, tuple(features))


def _coupons(coupon: Role) -> Facet:
    features = [Feature("got", Text("领到的券", "coupons received"), "count(*)", counts=True)]
    if "used" in coupon.parts:
        features.append(_share("coupon_used", Text("券的使用占比", "share of coupons used"), "used < $as_of + 1"))
    return Facet("coupon", Text("券", "coupons"), "FROM coupon", CUSTOMER, tuple(features))


def _share(name: str, label: Text, condition: str) -> Feature:
    return Feature(name, label, f"avg(CASE WHEN {condition} THEN 1.0 ELSE 0.0 END)", "ratio")


def _values(sql: str, reading: Reading, population: Crowd, stop: Stop) -> tuple[str, ...]:
    """The values that take most, the greatest first."""
    columns = (
        Column("value", Text("取值", "value"), "text", "group"),
        Column("total", Text("合计", "total"), "number", "measure"),
    )
    compiled = reading.compiler.over_roles(sql, columns, population=population)
    rows = reading.read(compiled, limit=MOST_VALUES, stop=stop).table.rows
    return tuple(str(value) for value, _ in rows if value is not None)


def _called(value: str, model: SemanticModel, role: str, part: str) -> Text:
    """What people call a value, where the model has a dimension of the part."""
    played = model.role(role)
    told = (played.source, played.parts[part])
    dimension = next((each for each in model.dimensions.values() if (each.source, each.expression) == told), None)
    words = None if dimension is None else dimension.values.get(value)
    return Text(value, f"{value} ({words.en[0]})" if words is not None and words.en else value)


def unit(model: SemanticModel, role: Role) -> str | None:
    """The unit of a role's amounts: that of a metric that sums them."""
    sums = (
        metric.unit
        for metric in model.metrics.values()
        for route in metric.routes
        if route.source == role.source and route.aggregate == "sum" and route.expression == role.parts["amount"]
    )
    return next(sums, None)


MORE: Mapping[str, Callable[[Role], Facet]] = {"event": _events, "message": _messages, "coupon": _coupons}
