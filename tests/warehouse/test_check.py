"""Every kind of mistake in a model file: its line, what is wrong, the nearest name; and none where there is none."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from warehouse.check import THOROUGH, check, summary
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.errors import ModelError
from warehouse.load import DEMO, load

SOUND = """\
name: {zh: 咖啡馆, en: Café}
calendar:
  country: CN
  festivals:
    - {zh: [豆子节], en: [Bean day], first: 03-01, last: 03-02}
complete: [{source: sales, column: sold_at}]
parameters: {lapse_days: 30}
sources:
  guests: {table: guests, key: guest_id, joins: {first_sales: guest_id}, days: [born], private: [phone]}
  shops: {table: shops, key: shop_id}
  sales:
    table: sales
    key: sale_id
    joins: {guests: guest_id, shops: shop_id}
  visits: {table: visits, joins: {guests: guest_id}}
  first_sales:
    key: guest_id
    sql: SELECT guest_id, min(sold_at) AS sold_at FROM sales WHERE sold_at < $as_of + 1 GROUP BY guest_id
roles:
  customer: {source: guests, key: guest_id, zh: [客人], en: [guest, guests], listed: [guest_id, town], breakdown: town}
  purchase:
    source: sales
    parts: {key: sale_id, customer: guest_id, time: sold_at, amount: amount}
dimensions:
  guest_id: {kind: attribute, source: guests, zh: [客人号], en: [guest id]}
  region: {source: guests, zh: [大区], en: [region]}
  town:
    source: guests
    within: region
    zh: [城市]
    en: [town]
    values:
      杭州: {zh: [杭州市], en: [Hangzhou]}
      宁波: {en: [Ningbo]}
  age:
    kind: number
    source: guests
    expression: extract(year FROM $as_of) - extract(year FROM born)
    type: integer
    zh: [年龄]
    en: [age]
  age_band:
    bands: {of: age, from: [18, 40], labels: [年少, 青年, 中年], missing: 未知}
    zh: [年龄段]
    en: [age band]
  joined: {kind: date, source: guests, expression: joined_on, type: date, zh: [加入日期], en: [joining date]}
  shop: {source: shops, expression: shop_name, zh: [门店], en: [shop]}
metrics:
  takings:
    zh: [销售额]
    en: [takings]
    definition: {zh: 金额之和, en: the sum of amounts}
    routes:
      - {of: sales, sum: amount, at: sold_at}
  buyers:
    zh: [支付人数]
    en: [buyers]
    definition: {zh: 人数, en: distinct guests}
    routes:
      - {of: sales, count_distinct: guest_id, having: count(sale_id) >= 2, where: guests.phone IS NOT NULL, at: sold_at}
  spend:
    zh: [客单价]
    en: [spend]
    definition: {zh: 相除, en: the ratio}
    formula: takings / buyers
  double_spend:
    zh: [双倍客单价]
    en: [double spend]
    definition: {zh: 两倍, en: twice that}
    formula: 2 * spend
behaviours:
  buy:
    zh: [买过]
    en: [bought]
    negated: {zh: [没买过], en: [bought nothing]}
    definition: {zh: 买过, en: a sale}
    source: sales
    customer: guest_id
    time: sold_at
    counted: {zh: [次], en: [times]}
  visit:
    zh: [来过]
    en: [came]
    negated: {zh: [没来过], en: [stayed away]}
    definition: {zh: 来过, en: a visit}
    source: visits
    customer: guest_id
    time: visited_at
    counts: day
    counted: {zh: [次], en: [times]}
segments:
  lapsed:
    zh: [流失]
    en: [lapsed]
    definition: {zh: 最近没买, en: nothing bought lately}
    where:
      - {behaviour: buy}
      - {not: {behaviour: buy, period: {kind: last, n: 30, unit: day}}}
      - {dimension: age, bounds: {at_least: 18}}
    taken: at_end
unclear:
  - zh: [好客人]
    en: [good guests]
    as: [{zh: 买过的客人, en: guests who bought}, {zh: 来过的客人, en: guests who came}]
    why: {zh: 没有定义, en: nothing tells}
"""
TABLES = """
CREATE TABLE guests (guest_id INTEGER, phone TEXT, born DATE, region TEXT, town TEXT, joined_on DATE);
CREATE TABLE shops (shop_id INTEGER, shop_name TEXT, floor INTEGER);
CREATE TABLE sales (sale_id INTEGER, guest_id INTEGER, shop_id INTEGER, sold_at TIMESTAMP, amount DECIMAL(9, 2));
CREATE TABLE visits (guest_id INTEGER, visited_at TIMESTAMP, day DATE, paid BOOLEAN);
"""
ROWS = """
INSERT INTO guests (guest_id) VALUES (1), (2), (3);
INSERT INTO shops VALUES (1, 'first', 1), (2, 'second', 1), (NULL, 'closed', 1), (NULL, 'sold', 1);
INSERT INTO sales VALUES (1, 1, 1, '2024-01-01', 5), (2, NULL, 2, '2024-01-02', 5), (3, 9, NULL, '2024-01-03', 5);
"""

# What is written instead, by the kind of mistake; the last is what the mistake says in English, whole.
CASES = {
    "YAML syntax": ("taken: at_end", "taken: [at_end", "not YAML: did not find expected ',' or ']'"),
    "a key twice": ("key: sale_id\n", "key: sale_id\n    table: sales\n", "sources.sales.table: the key stands twice"),
    "an unknown key": (
        "of: sales, sum",
        "off: sales, sum",
        "metrics.takings.routes.0.off: there is no key off; is it of?",
    ),
    "an unknown key in a condition": (
        "period: {kind",
        "perod: {kind",
        "segments.lapsed.where.1.not.perod: there is no key perod; is it period?",
    ),
    "a missing key": (
        "    definition: {zh: 相除, en: the ratio}\n",
        "",
        "metrics.spend: the key definition is missing",
    ),
    "a wrong type": (
        "days: [born]",
        "days: born",
        "sources.guests.days: 'born' does not fit; it should be a list",
    ),
    "a wrong choice": (
        "kind: number",
        "kind: numbr",
        "dimensions.age.kind: 'numbr' does not fit; is it number?",
    ),
    "a wrong day": (
        "first: 03-01",
        "first: 02-31",
        "calendar.festivals.0.first: 02-31 is no month-day",
    ),
    "no one aggregate": (
        "count_distinct: guest_id, having",
        "count_distinct: guest_id, sum: amount, having",
        "metrics.buyers.routes.0: give one of sum, avg, count, count_distinct",
    ),
    "a query that dates the data": (
        "complete: [{source: sales,",
        "complete: [{source: first_sales,",
        "complete.0.source: first_sales is a query, not a table; name a table that it reads",
    ),
    "a column that dates an unknown source": (
        "complete: [{source: sales,",
        "complete: [{source: sale,",
        "complete.0.source: there is no source named sale; is it sales?",
    ),
    "a join with an unknown source": (
        "joins: {guests: guest_id, shops: shop_id}",
        "joins: {guests: guest_id, shop: shop_id}",
        "sources.sales.joins.shop: there is no source named shop; is it shops?",
    ),
    "a join with a source without a key": (
        "shops: {table: shops, key: shop_id}",
        "shops: {table: shops}",
        "sources.sales.joins.shops: the source shops has no key; give it a key, or tell `to` here",
    ),
    "a route over an unknown source": (
        "of: sales, sum",
        "of: sails, sum",
        "metrics.takings.routes.0.of: there is no source named sails; is it sales?",
    ),
    "a dimension of an unknown source": (
        "shop: {source: shops",
        "shop: {source: shopps",
        "dimensions.shop.source: there is no source named shopps; is it shops?",
    ),
    "a behaviour of an unknown source": (
        "source: visits",
        "source: visit",
        "behaviours.visit.source: there is no source named visit; is it visits?",
    ),
    "a role of an unknown source": (
        "source: sales\n    parts",
        "source: sale\n    parts",
        "roles.purchase.source: there is no source named sale; is it sales?",
    ),
    "a role without a part": (
        "time: sold_at, amount: amount}",
        "time: sold_at}",
        "roles.purchase.parts: the part amount is missing",
    ),
    "a role with an unknown part": (
        "amount: amount}",
        "amount: amount, plattform: shop_id}",
        "roles.purchase.parts.plattform: there is no part named plattform; is it platform?",
    ),
    "an unknown role": (
        "  purchase:\n",
        "  purchases:\n",
        "roles.purchases: there is no key purchases; is it purchase?",
    ),
    "a formula over an unknown metric": (
        "takings / buyers",
        "takngs / buyers",
        "metrics.spend.formula: there is no metric named takngs; is it takings?",
    ),
    "a formula over itself": (
        "formula: takings / buyers",
        "formula: takings / double_spend",
        "metrics.spend.formula: the formula leads back to itself",
    ),
    "a formula that is no arithmetic": (
        "formula: takings / buyers",
        "formula: sum(takings) / buyers",
        "metrics.spend.formula: SUM(takings) may not stand here",
    ),
    "an unknown source in an expression": (
        "where: guests.phone",
        "where: guest.phone",
        "metrics.buyers.routes.0.where: there is no source named guest; is it guests?",
    ),
    "a source not tied to": (
        "expression: joined_on",
        "expression: sales.sold_at",
        "dimensions.joined.expression: guests is not joined to sales; is it first_sales?",
    ),
    "an expression that does not parse": (
        "sum: amount, at",
        "sum: amount +, at",
        "metrics.takings.routes.0.sum: this is no whole SQL (at “amount +”)",
    ),
    "an expression that does not end": (
        "expression: shop_name",
        'expression: "\'shop"',
        "dimensions.shop.expression: this is no whole SQL",
    ),
    "an aggregate over rows": (
        "sum: amount, at",
        "sum: sum(amount), at",
        "metrics.takings.routes.0.sum: SUM(amount) may not stand here",
    ),
    "a function that the guard refuses": (
        "expression: shop_name",
        "expression: read_text(shop_name)",
        "dimensions.shop.expression: READ_TEXT(shop_name) may not stand here",
    ),
    "the clock": (
        "expression: joined_on",
        "expression: current_date",
        "dimensions.joined.expression: CURRENT_DATE may not stand here",
    ),
    "a query in an expression": (
        "expression: shop_name",
        "expression: (SELECT max(phone) FROM guests)",
        "dimensions.shop.expression: (SELECT MAX(phone) FROM guests) may not stand here",
    ),
    "an unknown parameter": (
        "extract(year FROM $as_of)",
        "extract(year FROM $asof)",
        "dimensions.age.expression: there is no parameter named $asof; is it $as_of?",
    ),
    "no column where one is asked": (
        "time: visited_at",
        "time: CAST(visited_at AS DATE)",
        "behaviours.visit.time: this is not a column; write column or source.column",
    ),
    "a source's SQL over an unknown table": (
        "FROM sales WHERE",
        "FROM sails WHERE",
        "sources.first_sales.sql: There is no readable table “sails”; Readable tables: guests, sales, shops, visits",
    ),
    "a source's SQL that is no query": (
        "sql: SELECT guest_id, min(sold_at) AS sold_at FROM sales WHERE sold_at < $as_of + 1 GROUP BY guest_id",
        "sql: DELETE FROM sales",
        "sources.first_sales.sql: This is not a query; Write one read-only SELECT query",
    ),
    "an unknown parameter in a source's SQL": (
        "sold_at < $as_of + 1",
        "sold_at < $start",
        "sources.first_sales.sql: there is no parameter named $start; there are: $as_of, $lapse_days",
    ),
    "an unknown column of a query": (
        "first_sales: guest_id}, days",
        "first_sales: {column: guest_id, to: guest}}, days",
        "sources.guests.joins.first_sales.to: first_sales has no column guest; is it guest_id?",
    ),
    "an unknown dimension listed": (
        "listed: [guest_id, town]",
        "listed: [guest_id, twn]",
        "roles.customer.listed.1: there is no dimension named twn; is it town?",
    ),
    "a dimension listed that is not the customer's": (
        "listed: [guest_id, town]",
        "listed: [guest_id, shop]",
        "roles.customer.listed.1: guests is not joined to shops",
    ),
    "a breakdown that is no category": (
        "breakdown: town",
        "breakdown: age",
        "roles.customer.breakdown: age is not of kind category",
    ),
    "an unknown step up": (
        "within: region",
        "within: regoin",
        "dimensions.town.within: there is no dimension named regoin; is it region?",
    ),
    "steps up that lead round": (
        "source: guests, zh: [大区]",
        "source: guests, within: region, zh: [大区]",
        "dimensions.region.within: within leads back to itself",
    ),
    "bands of an unknown dimension": (
        "of: age, from",
        "of: agee, from",
        "dimensions.age_band.bands.of: there is no dimension named agee; is it age?",
    ),
    "bands of words": (
        "of: age, from",
        "of: town, from",
        "dimensions.age_band.bands.of: town is not of kind number",
    ),
    "bands that do not rise": (
        "from: [18, 40]",
        "from: [40, 18]",
        "dimensions.age_band.bands: from rises, and labels has one more than from: the first is below the first number",
    ),
    "a segment of an unknown behaviour": (
        "- {behaviour: buy}",
        "- {behaviour: by}",
        "segments.lapsed.where.0.behaviour: there is no behaviour named by; is it buy?",
    ),
    "a segment of an unknown dimension": (
        "dimension: age, bounds",
        "dimension: aeg, bounds",
        "segments.lapsed.where.2.dimension: there is no dimension named aeg; is it age?",
    ),
    "a segment of an unknown metric": (
        "{dimension: age, bounds: {at_least: 18}}",
        "{metric: taking, bounds: {at_least: 18}}",
        "segments.lapsed.where.2.metric: there is no metric named taking; is it takings?",
    ),
    "a segment of itself": (
        "{dimension: age, bounds: {at_least: 18}}",
        "{any: [{segment: lapsed}, {behaviour: visit}]}",
        "segments.lapsed.where: the segment leads back to itself",
    ),
    "a segment of an unknown segment": (
        "{dimension: age, bounds: {at_least: 18}}",
        "{any: [{segment: lapsd}, {behaviour: visit}]}",
        "segments.lapsed.where.2.any.0.segment: there is no segment named lapsd; is it lapsed?",
    ),
    "a condition of the wrong kind": (
        "{dimension: age, bounds: {at_least: 18}}",
        "{dimension: age, values: [青年]}",
        "segments.lapsed.where.2: age is of kind number; write bounds",
    ),
    "a value that no band has": (
        "{dimension: age, bounds: {at_least: 18}}",
        "{dimension: age_band, values: [老年]}",
        "segments.lapsed.where.2.values.0: there is no value named 老年; there are: 年少, 青年, 中年, 未知",
    ),
    "a condition on what the customer has not": (
        "{dimension: age, bounds: {at_least: 18}}",
        "{dimension: shop, values: [一号店]}",
        "segments.lapsed.where.2.dimension: guests is not joined to shops, which has shop",
    ),
    "a condition on what a deed has not": (
        "- {behaviour: buy}\n",
        "- {behaviour: visit, where: [{dimension: shop, values: [一号店]}]}\n",
        "segments.lapsed.where.0.where.0.dimension: visits is not joined to shops, which has shop",
    ),
    "a word for two metrics": (
        "zh: [客单价]",
        "zh: [客单价, 支付 人数, 支付人数]",
        "metrics.spend.zh.2: “支付人数” names buyers, too; give it to one of them",
    ),
    "a word for two dimensions": (
        "en: [age band]",
        "en: [Age]",
        "dimensions.age_band.en.0: “Age” names age, too; give it to one of them",
    ),
    "a word for two values": (
        "宁波: {en: [Ningbo]}",
        "宁波: {en: [hangzhou]}",
        "dimensions.town.values.宁波.en.0: “hangzhou” names 杭州, too; give it to one of them",
    ),
    "a word for a deed and its negation": (
        "negated: {zh: [没来过]",
        "negated: {zh: [来过]",
        "behaviours.visit.negated.zh.0: “来过” names visit, too; give it to one of them",
    ),
    "an unclear word that names a metric": (
        "zh: [好客人]",
        "zh: [好客人, 销售额]",
        "unclear.0.zh.1: “销售额” names takings, too; give it to one of them",
    ),
    "an unclear word with one reading": (
        ", {zh: 来过的客人, en: guests who came}]",
        "]",
        "unclear.0: a word with one reading is clear: give it to what it means",
    ),
    "a name for a part of the time": (
        "  shop: {source",
        "  weekday: {source",
        "dimensions.weekday: the name is taken: results, or expressions, use it; choose another",
    ),
    "a name for a bucket": (
        "  shop: {source",
        "  month: {source",
        "dimensions.month: the name is taken: results, or expressions, use it; choose another",
    ),
    "a name that a result adds": (
        "  double_spend:\n",
        "  spend_growth:\n",
        "metrics.spend_growth: the name is taken: results, or expressions, use it; choose another",
    ),
    "a name that a statistic adds": (
        "  double_spend:\n",
        "  spend_median_by_day:\n",
        "metrics.spend_median_by_day: the name is taken: results, or expressions, use it; choose another",
    ),
    "a name that a dimension's bucket adds": (
        "  shop: {source",
        "  joined_month: {source",
        "dimensions.joined_month: the name is taken: results, or expressions, use it; choose another",
    ),
    "a name that cannot be a column": (
        "  shop: {source",
        "  the-shop: {source",
        "dimensions.the-shop: cannot be a name; use letters, digits and underscores",
    ),
    "a parameter of a name that is given": (
        "parameters: {lapse_days: 30}",
        "parameters: {end: 30}",
        "parameters.end: the name is taken: results, or expressions, use it; choose another",
    ),
}
# What only a warehouse tells.
COLUMN_CASES = {
    "a table": ("table: shops,", "table: shop,", "sources.shops.table: there is no table named shop; is it shops?"),
    "a key": ("key: sale_id\n", "key: sales_id\n", "sources.sales.key: sales has no column sales_id; is it sale_id?"),
    "a join": (
        "guests: guest_id, shops: shop_id}",
        "guests: guest_id, shops: shop}",
        "sources.sales.joins.shops: sales has no column shop; is it shop_id?",
    ),
    "a private column": (
        "private: [phone]",
        "private: [fone]",
        "sources.guests.private.0: guests has no column fone; is it phone?",
    ),
    "a column that tells since when": (
        "en: [guest, guests], listed",
        "en: [guest, guests], since: joined, listed",
        "roles.customer.since: guests has no column joined; is it joined_on?",
    ),
    "a column of its own": (
        "sum: amount, at",
        "sum: amout, at",
        "metrics.takings.routes.0.sum: sales has no column amout; is it amount?",
    ),
    "a column of a joined source": (
        "where: guests.phone",
        "where: guests.phon",
        "metrics.buyers.routes.0.where: guests has no column phon; is it phone?",
    ),
    "a column that a dimension is named for": (
        "expression: shop_name, ",
        "",
        "dimensions.shop.expression: shops has no column shop; is it shop_id?",
    ),
    "a category of true and false": (
        "shop: {source: shops, expression: shop_name",
        "shop: {source: visits, expression: paid",
        "dimensions.shop.expression: paid is true or false, which are no words; write CASE WHEN paid THEN … ELSE … END",
    ),
    "a column in a source's SQL": (
        "min(sold_at) AS",
        "min(sld_at) AS",
        "sources.first_sales.sql: Column 'sld_at' could not be resolved. Line: 1, Col: 27",
    ),
}
# What only the rows tell.
TWICE = "it is to be unique, or rows joined to it count twice"
ROW_CASES = {
    "two rows of one key": (
        "    key: sale_id\n",
        "    key: amount\n",
        f"sources.sales.key: sales has rows with the amount of another row: 2; {TWICE}",
    ),
    "a key of a query twice": (
        "SELECT guest_id, min(sold_at) AS sold_at FROM sales WHERE sold_at < $as_of + 1 GROUP BY guest_id",
        "SELECT 7 AS guest_id, sold_at FROM sales WHERE sold_at < $as_of",
        f"sources.first_sales.key: first_sales has rows with the guest_id of another row: 1; {TWICE}",
    ),
    "a column joined to twice": (
        "shops: shop_id}",
        "shops: {column: shop_id, to: floor}}",
        f"sources.sales.joins.shops: shops has rows with the floor of another row: 3; {TWICE}",
    ),
    "a promised row that is not there": (
        "{guests: guest_id, shops: shop_id}",
        "{guests: {column: guest_id, always: true}, shops: shop_id}",
        "sources.sales.joins.guests.always: sales has rows without a row of guests by guest_id: 2; leave out always",
    ),
    "a query that cannot run": (
        "WHERE sold_at < $as_of + 1",
        "WHERE sale_id < $as_of",
        "sources.first_sales.key: The engine could not run the query: Binder Error: Cannot compare values",
    ),
}
HOLIDAY_CASES = {
    "an unknown country": (
        "  country: CN\n",
        "  country: XX\n",
        "calendar.country: there are no holidays of a country “XX”; write its two letters: CN",
    ),
    "an unknown holiday": (
        "  festivals:\n",
        "  holidays: [{zh: [国庆], en: [National Day], listed: Nationl Day}]\n  festivals:\n",
        "calendar.holidays.0.listed: there is no holiday named Nationl Day; is it National Day?",
    ),
}


def written(folder: Path, text: str) -> Path:
    path = folder / "model.yml"
    path.write_text(text, "utf-8")
    return path


@pytest.fixture(scope="module")
def cafe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDbEngine]:
    """The sound model's shop: keys that are missing are no keys twice."""
    path = tmp_path_factory.mktemp("cafe") / "cafe.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(TABLES + ROWS)
    engine = DuckDbEngine(path)
    yield engine
    engine.close()


def changed(old: str, new: str) -> tuple[str, int]:
    """The sound model with one thing written otherwise, and the line on which that begins."""
    assert SOUND.count(old) == 1, old
    return SOUND.replace(old, new), SOUND[: SOUND.index(old)].count("\n") + 1


def test_a_sound_model_has_no_mistakes(tmp_path: Path, cafe: DuckDbEngine) -> None:
    spec, mistakes = check(written(tmp_path, SOUND), cafe, checks=THOROUGH)
    assert spec is not None
    assert mistakes == ()
    assert summary(spec, columns_checked=True).en == (
        "Café: no mistakes. 5 sources, 7 dimensions, 4 metrics, 2 behaviours, 1 segments;"
        " its tables and columns are there, its keys unique."
    )
    assert "were not looked for" in summary(spec, columns_checked=False).en


def test_the_demo_model_has_no_mistakes() -> None:
    assert check(DEMO, checks=THOROUGH)[1] == ()


# Where the mistake is told on another line than what was changed, how many lines further on.
FURTHER = {
    "an unclear word with one reading": -2,
    "YAML syntax": 1,
    "a key twice": 1,
    "a missing key": -3,
    "a role of an unknown source": 0,
    "a segment of itself": -3,
    "a formula over itself": 0,
    "a join with a source without a key": 4,
    "a key of a query twice": -1,
    "a query that cannot run": -1,
}


@pytest.mark.parametrize("kind", CASES)
def test_a_mistake_is_named(kind: str, tmp_path: Path) -> None:
    old, new, told = CASES[kind]
    text, line = changed(old, new)
    found = {(each.line, each.said().en) for each in check(written(tmp_path, text))[1]}
    assert (line + FURTHER.get(kind, 0), told) in found


@pytest.mark.parametrize("kind", COLUMN_CASES)
def test_a_mistake_that_only_a_warehouse_tells_is_named(kind: str, tmp_path: Path, cafe: DuckDbEngine) -> None:
    old, new, told = COLUMN_CASES[kind]
    text, line = changed(old, new)
    path = written(tmp_path, text)
    assert told in [each.said().en for each in check(path, cafe)[1] if each.line == line]
    assert check(path)[1] == ()


@pytest.mark.parametrize("kind", ROW_CASES)
def test_a_mistake_that_only_rows_tell_is_named(kind: str, tmp_path: Path, cafe: DuckDbEngine) -> None:
    old, new, told = ROW_CASES[kind]
    text, line = changed(old, new)
    path = written(tmp_path, text)
    [mistake] = check(path, cafe)[1]
    assert mistake.line == line + FURTHER.get(kind, 0)
    assert mistake.said().en.startswith(told)
    assert check(path)[1] == ()


@pytest.mark.parametrize("kind", HOLIDAY_CASES)
def test_a_mistake_that_only_the_calendar_tells_is_named(kind: str, tmp_path: Path) -> None:
    old, new, told = HOLIDAY_CASES[kind]
    text, line = changed(old, new)
    path = written(tmp_path, text)
    [mistake] = check(path, checks=THOROUGH)[1]
    assert (mistake.line, mistake.said().en) == (line, told)
    assert check(path)[1] == ()


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("secs", "seconds"),
        ("second", "seconds"),
        ("cny", "CNY"),
        ("day", "days"),
        ("Ratio", "ratio"),
        ("minuets", "minutes"),
        *((each, None) for each in ("CNY", "seconds", "GBP", "yards", "points", "件", "stars")),
    ],
)
def test_a_unit_that_is_nearly_a_known_one_is_named(told: str, meant: str | None, tmp_path: Path) -> None:
    """Any other word may be a unit: it is written behind the number."""
    text, _ = changed("en: [age]\n", f"en: [age]\n    unit: {told}\n")
    wrong = [] if meant is None else [f"dimensions.age.unit: there is no unit {told}; is it {meant}?"]
    assert [each.said().en for each in check(written(tmp_path, text))[1]] == wrong


@pytest.mark.parametrize(
    "kind", ["bands that do not rise", "no one aggregate", "an unclear word with one reading", "a wrong day"]
)
def test_what_does_not_go_together_is_said_in_both_languages(kind: str, tmp_path: Path) -> None:
    old, new, told = CASES[kind]
    path = written(tmp_path, changed(old, new)[0])
    said = next(each.said() for each in check(path)[1] if each.said().en == told)
    where = told.split(": ")[0]
    assert said.zh.startswith(where)
    assert re.search("[\u4e00-\u9fff]", said.zh.removeprefix(where))


def test_every_mistake_is_told_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    text = SOUND
    kinds = (
        "an unknown key",
        "a wrong choice",
        "a wrong type",
        "a formula over an unknown metric",
        "a segment of an unknown behaviour",
    )
    for kind in kinds:
        old, new, _ = CASES[kind]
        text = text.replace(old, new)
    mistakes = check(written(tmp_path, text))[1]
    assert {CASES[kind][2] for kind in kinds} <= {each.said().en for each in mistakes}
    lines = [each.line or 0 for each in mistakes]
    assert lines == sorted(lines)


def test_a_part_without_form_hides_no_name_that_others_give_it(tmp_path: Path) -> None:
    text = SOUND.replace("of: sales, sum", "off: sales, sum").replace("kind: number", "kind: numbr")
    assert {each.said().en.split(":")[0] for each in check(written(tmp_path, text))[1]} == {
        "metrics.takings.routes.0",
        "metrics.takings.routes.0.off",
        "dimensions.age.kind",
    }


@pytest.mark.parametrize("text", ["", "[]", "just words", "name: 1", "- a\n- b: {c", "a: &x [*x]", "\t"])
def test_what_is_no_model_is_said_and_not_raised(text: str, tmp_path: Path) -> None:
    spec, mistakes = check(written(tmp_path, text))
    assert spec is None
    assert mistakes
    assert all(each.line for each in mistakes)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "model.yml").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "model.yml", tmp_path / "none.yml", tmp_path):
        assert "the file cannot be read" in check(path)[1][0].said().en


def test_loading_raises_the_first_mistake_with_its_line(tmp_path: Path) -> None:
    text = SOUND.replace("takings / buyers", "takngs / buyers").replace("{behaviour: buy}", "{behaviour: by}")
    line = text[: text.index("takngs")].count("\n") + 1
    with pytest.raises(ModelError) as raised:
        load(written(tmp_path, text))
    error = raised.value
    assert error.message.en == (
        f"model.yml, line {line}: metrics.spend.formula: there is no metric named takngs; is it takings?."
    )
    assert f"第 {line} 行" in error.message.zh
    assert "app.py model check" in error.hint.en
    assert "1 others" in error.hint.en


def garbled() -> list[str]:
    """The sound model with one line left out, one cut short, and one value written as something else."""
    lines = SOUND.splitlines(keepends=True)
    without = ["".join([*lines[:at], *lines[at + 1 :]]) for at in range(len(lines))]
    short = ["".join([*lines[:at], line[: len(line) // 2] + "\n", *lines[at + 1 :]]) for at, line in enumerate(lines)]
    others = ("[]", "7", "~", "[x, {y: z}]", "count(*)")
    values = [
        SOUND.replace(value, other)
        for value in sorted(set(re.findall(r": ([^,{}\[\]\n]+)", SOUND)))
        for other in others
    ]
    return [*without, *short, *values]


def test_whatever_a_file_says_the_check_ends_and_what_it_lets_pass_loads(tmp_path: Path, cafe: DuckDbEngine) -> None:
    told = 0
    for text in garbled():
        path = written(tmp_path, text)
        _, mistakes = check(path, cafe)
        if not mistakes:
            load(path)
        told += bool(mistakes)
        assert all(each.line for each in mistakes)
    assert told > 300
