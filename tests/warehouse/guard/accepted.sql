-- all columns
SELECT * FROM users ORDER BY user_id

-- FROM first
FROM users WHERE city_tier = '一线' ORDER BY user_id

-- FROM first with a SELECT
FROM users SELECT nickname, city ORDER BY user_id

-- all but some
SELECT * EXCLUDE (phone, birth_date) FROM users ORDER BY user_id

-- all with one replaced
SELECT * REPLACE (upper(device_os) AS device_os) FROM users ORDER BY user_id

-- one table's star
SELECT o.*, u.city AS home FROM orders o JOIN users u USING (user_id) ORDER BY o.order_id

-- a comment goes
SELECT count(*) AS n /* all of them */ FROM users -- everyone

-- a semicolon at the end
SELECT count(*) AS n FROM users;

-- a semicolon and a comment in a string
SELECT ';-- DROP TABLE users; /*' AS text, 'it''s' AS quoted

-- another case
select COUNT(*) as N from USERS

-- quoted names
SELECT "users"."city", count(*) AS "人 数" FROM "users" GROUP BY "city" ORDER BY 2 DESC, 1

-- grouping and HAVING
SELECT province, city, count(*) AS n FROM users GROUP BY province, city HAVING count(*) > 1 ORDER BY n DESC, city

-- grouping by all
SELECT platform, status, sum(pay_amount) AS amount FROM orders GROUP BY ALL ORDER BY ALL

-- rollup
SELECT platform, status, count(*) AS n FROM orders GROUP BY ROLLUP (platform, status) ORDER BY 1, 2, 3

-- cube
SELECT platform, status, count(*) AS n, grouping(platform) AS g FROM orders GROUP BY CUBE (platform, status) ORDER BY 1, 2, 3, 4

-- grouping sets
SELECT platform, status, count(*) AS n FROM orders GROUP BY GROUPING SETS ((platform), (status), ()) ORDER BY 1, 2, 3

-- distinct
SELECT DISTINCT city FROM users ORDER BY city

-- the first of each
SELECT DISTINCT ON (user_id) user_id, order_id, ordered_at FROM orders ORDER BY user_id, ordered_at, order_id

-- counting distinct
SELECT count(DISTINCT user_id) AS buyers, count(paid_at) AS paid, count(*) AS orders FROM orders

-- a filter on an aggregate
SELECT count(*) FILTER (WHERE paid_at IS NOT NULL) AS paid, sum(pay_amount) FILTER (WHERE platform = '天猫') AS tmall FROM orders

-- a ratio that may have no base
SELECT platform, count(paid_at)::DOUBLE / nullif(count(*), 0) AS rate FROM orders GROUP BY platform ORDER BY platform

-- CASE
SELECT CASE WHEN pay_amount >= 200 THEN '高' WHEN pay_amount >= 100 THEN '中' ELSE '低' END AS band, count(*) AS n FROM orders GROUP BY 1 ORDER BY 1

-- CASE of a value
SELECT CASE gender WHEN '女' THEN 'F' WHEN '男' THEN 'M' END AS sex, count(*) AS n FROM users GROUP BY 1 ORDER BY 1 NULLS LAST

-- conditions of all sorts
SELECT user_id FROM users WHERE (city IN ('杭州', '上海') OR city LIKE '成%') AND NOT member_level = '普通' AND birth_date BETWEEN DATE '1990-01-01' AND DATE '1999-12-31' ORDER BY user_id

-- matching text
SELECT user_id FROM users WHERE nickname ILIKE '%A%' OR nickname NOT LIKE '用户!_%' ESCAPE '!' ORDER BY user_id

-- NULL and distinctness
SELECT order_id FROM orders WHERE coupon_id IS NULL AND pay_method IS DISTINCT FROM '花呗' ORDER BY order_id

-- an inner and a left join
SELECT u.city, count(o.order_id) AS orders FROM users u LEFT JOIN orders o ON o.user_id = u.user_id AND o.paid_at IS NOT NULL GROUP BY u.city ORDER BY u.city

-- four tables
SELECT p.category, sum(i.line_amount) AS sales FROM orders o JOIN order_items i ON i.order_id = o.order_id JOIN products p ON p.product_id = i.product_id JOIN users u ON u.user_id = o.user_id WHERE o.paid_at IS NOT NULL GROUP BY p.category ORDER BY sales DESC, p.category

-- a full join
SELECT coalesce(a.city, b.city) AS city, a.n AS users, b.n AS orders FROM (SELECT city, count(*) AS n FROM users GROUP BY city) AS a FULL JOIN (SELECT city, count(*) AS n FROM orders GROUP BY city) AS b ON a.city = b.city ORDER BY 1

-- a cross join
SELECT a.platform, b.status FROM (SELECT DISTINCT platform FROM orders) AS a CROSS JOIN (SELECT DISTINCT status FROM orders) AS b ORDER BY 1, 2

-- tables side by side
SELECT u.user_id, o.order_id FROM users u, orders o WHERE u.user_id = o.user_id ORDER BY 2

-- a semi join
SELECT user_id FROM users SEMI JOIN orders USING (user_id) ORDER BY user_id

-- an anti join
SELECT user_id FROM users ANTI JOIN orders USING (user_id) ORDER BY user_id

-- the nearest before
SELECT e.event_id, o.order_id FROM events e ASOF JOIN orders o ON e.user_id = o.user_id AND e.event_at >= o.ordered_at ORDER BY 1

-- active and no order
SELECT u.user_id FROM users u WHERE EXISTS (SELECT 1 FROM events e WHERE e.user_id = u.user_id AND e.event_at >= DATE '2026-06-24' AND e.event_at < DATE '2026-07-01') AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.user_id = u.user_id AND o.ordered_at >= DATE '2026-06-24') AND u.gender = '女' ORDER BY u.user_id

-- not in
SELECT user_id FROM users WHERE user_id NOT IN (SELECT user_id FROM orders WHERE paid_at IS NOT NULL) ORDER BY user_id

-- pairs in
SELECT order_id, line_no FROM order_items WHERE (order_id, product_id) IN (SELECT order_id, product_id FROM refunds) ORDER BY 1, 2

-- any and all
SELECT order_id FROM orders WHERE pay_amount >= ALL (SELECT pay_amount FROM orders) OR pay_amount = ANY (SELECT list_price FROM products) ORDER BY order_id

-- a correlated scalar
SELECT u.user_id, (SELECT max(o.pay_amount) FROM orders o WHERE o.user_id = u.user_id) AS best FROM users u ORDER BY u.user_id

-- lateral
SELECT u.user_id, last.order_id FROM users u LEFT JOIN LATERAL (SELECT o.order_id FROM orders o WHERE o.user_id = u.user_id ORDER BY o.ordered_at DESC, o.order_id DESC LIMIT 1) AS last ON true ORDER BY u.user_id

-- one CTE
WITH paid AS (SELECT * FROM orders WHERE paid_at IS NOT NULL) SELECT platform, sum(pay_amount) AS sales FROM paid GROUP BY platform ORDER BY platform

-- a CTE of a CTE
WITH paid AS (SELECT * FROM orders WHERE paid_at IS NOT NULL), daily AS (SELECT CAST(paid_at AS DATE) AS day, sum(pay_amount) AS sales FROM paid GROUP BY 1) SELECT day, sales, avg(sales) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS smooth FROM daily ORDER BY day

-- a CTE with a table's own name
WITH users AS (SELECT user_id, city FROM users WHERE gender = '女') SELECT city, count(*) AS n FROM users GROUP BY city ORDER BY city

-- a CTE with a name that is no table's
WITH staff AS (SELECT user_id FROM users), Boss AS (SELECT max(user_id) AS top FROM STAFF) SELECT top FROM boss

-- a CTE inside a subquery
SELECT * FROM (WITH t AS (SELECT city, count(*) AS n FROM users GROUP BY city) SELECT * FROM t WHERE n > 1) AS big ORDER BY city

-- a CTE seen by its subqueries
WITH t AS (SELECT user_id FROM users WHERE city = '杭州') SELECT (SELECT count(*) FROM t) AS people, (SELECT count(*) FROM orders WHERE user_id IN (SELECT user_id FROM t)) AS orders

-- a CTE kept
WITH t AS MATERIALIZED (SELECT city FROM users) SELECT count(*) AS n FROM t

-- a CTE with columns named
WITH t(place, people) AS (SELECT city, count(*) FROM users GROUP BY city) SELECT place, people FROM t ORDER BY place

-- a union of all
SELECT 'u' AS kind, count(*) AS n FROM users UNION ALL SELECT 'o', count(*) FROM orders ORDER BY kind

-- a union
SELECT city FROM users UNION SELECT city FROM orders ORDER BY city

-- a union by name
SELECT city, province FROM users UNION BY NAME SELECT province, city FROM orders ORDER BY city, province

-- an intersection
SELECT user_id FROM orders INTERSECT SELECT user_id FROM refunds ORDER BY user_id

-- a difference
SELECT user_id FROM users EXCEPT SELECT user_id FROM orders ORDER BY user_id

-- a union in brackets, then less
(SELECT user_id FROM orders UNION SELECT user_id FROM events) EXCEPT SELECT user_id FROM refunds ORDER BY user_id

-- a WITH over a union
WITH c AS (SELECT city FROM users) SELECT city FROM c UNION ALL SELECT city FROM orders ORDER BY city

-- values in a FROM
SELECT v.name, count(o.order_id) AS n FROM (VALUES ('天猫'), ('京东')) AS v(name) LEFT JOIN orders o ON o.platform = v.name GROUP BY v.name ORDER BY v.name

-- ranking
SELECT user_id, order_id, row_number() OVER (PARTITION BY user_id ORDER BY ordered_at, order_id) AS nth FROM orders ORDER BY order_id

-- ranking with ties
SELECT order_id, rank() OVER w AS r, dense_rank() OVER w AS d, ntile(2) OVER (ORDER BY order_id) AS half FROM orders WINDOW w AS (ORDER BY pay_amount DESC) ORDER BY order_id

-- the top of each group
SELECT city, user_id FROM users QUALIFY row_number() OVER (PARTITION BY city ORDER BY registered_at, user_id) = 1 ORDER BY city

-- the row before and after
SELECT order_id, lag(pay_amount) OVER (ORDER BY order_id) AS before, lead(pay_amount, 1, 0) OVER (ORDER BY order_id) AS after FROM orders ORDER BY order_id

-- first, last and nth of a window
SELECT order_id, first_value(order_id) OVER w AS f, last_value(order_id) OVER w AS l, nth_value(order_id, 2) OVER w AS n FROM orders WINDOW w AS (PARTITION BY platform ORDER BY order_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) ORDER BY order_id

-- a running total
SELECT order_id, sum(pay_amount) OVER (ORDER BY order_id) AS running, percent_rank() OVER (ORDER BY order_id) AS p, cume_dist() OVER (ORDER BY order_id) AS c FROM orders ORDER BY order_id

-- a window of days
SELECT order_id, count(*) OVER (ORDER BY ordered_at RANGE BETWEEN INTERVAL 7 DAY PRECEDING AND CURRENT ROW) AS week FROM orders ORDER BY order_id

-- a share of the whole
SELECT platform, sum(pay_amount) / sum(sum(pay_amount)) OVER () AS share FROM orders GROUP BY platform ORDER BY platform

-- quantiles
SELECT median(pay_amount) AS half, quantile_cont(pay_amount, 0.9) AS p90, quantile_disc(pay_amount, 0.25) AS p25 FROM orders

-- quantiles within a group
SELECT platform, percentile_cont(0.5) WITHIN GROUP (ORDER BY pay_amount) AS half FROM orders GROUP BY platform ORDER BY platform

-- spread
SELECT round(stddev_samp(pay_amount), 4) AS s, round(var_pop(pay_amount), 4) AS v, round(stddev(pay_amount), 4) AS d, mode(platform) AS m FROM orders

-- how two go together
SELECT round(corr(pay_amount, discount_amount), 6) AS r, round(regr_slope(pay_amount, discount_amount), 6) AS slope FROM orders

-- the best
SELECT arg_max(order_id, pay_amount) AS best, arg_min(order_id, pay_amount) AS least, max_by(city, order_id) AS place FROM orders

-- any and every
SELECT bool_and(pay_amount > 0) AS every, bool_or(paid_at IS NULL) AS some, count_if(pay_amount > 100) AS big, any_value(1) AS one FROM orders

-- lists and joined text
SELECT platform, string_agg(CAST(order_id AS VARCHAR), ',' ORDER BY order_id) AS ids, list(order_id ORDER BY order_id DESC) AS listed FROM orders GROUP BY platform ORDER BY platform

-- days as buckets
SELECT date_trunc('week', ordered_at) AS week, count(*) AS n FROM orders GROUP BY 1 ORDER BY 1

-- months as text
SELECT strftime(ordered_at, '%Y-%m') AS month, sum(pay_amount) AS amount FROM orders GROUP BY 1 ORDER BY 1

-- parts of a date
SELECT order_id, year(ordered_at) AS y, quarter(ordered_at) AS q, month(ordered_at) AS m, week(ordered_at) AS w, day(ordered_at) AS d, hour(ordered_at) AS h, isodow(ordered_at) AS weekday, dayofyear(ordered_at) AS nth FROM orders ORDER BY order_id

-- parts of a date, by EXTRACT
SELECT extract(dow FROM ordered_at) AS dow, extract(hour FROM ordered_at) AS hour, date_part('month', ordered_at) AS month, count(*) AS n FROM orders GROUP BY 1, 2, 3 ORDER BY 1, 2, 3

-- names of days
SELECT order_id, dayname(ordered_at) AS day, monthname(ordered_at) AS month, last_day(CAST(ordered_at AS DATE)) AS ends FROM orders ORDER BY order_id

-- differences of dates
SELECT user_id, date_diff('day', birth_date, DATE '2026-06-30') AS days, datediff('year', birth_date, DATE '2026-06-30') AS years, date_sub('month', birth_date, DATE '2026-06-30') AS months FROM users ORDER BY user_id

-- dates moved
SELECT order_id, ordered_at + INTERVAL 7 DAY AS later, CAST(ordered_at AS DATE) - 1 AS before, ordered_at - INTERVAL '1 month' AS earlier, date_add(CAST(ordered_at AS DATE), INTERVAL 1 YEAR) AS next FROM orders ORDER BY order_id

-- dates moved by a column
SELECT product_id, launched_on + INTERVAL (lead_time_days) DAY AS stocked, launched_on + to_days(lead_time_days) AS same FROM products ORDER BY product_id

-- whole years of age
SELECT user_id, date_diff('year', birth_date, DATE '2026-06-30') - CASE WHEN strftime(birth_date, '%m%d') > '0630' THEN 1 ELSE 0 END AS age FROM users ORDER BY user_id

-- dates made and read
SELECT make_date(2026, 6, 30) AS made, strptime('2026-06-30', '%Y-%m-%d') AS parsed, try_cast('x' AS DATE) AS none, epoch(TIMESTAMP '2026-06-30 00:00:00') AS seconds

-- a time bucket
SELECT time_bucket(INTERVAL 14 DAY, CAST(ordered_at AS DATE)) AS fortnight, count(*) AS n FROM orders GROUP BY 1 ORDER BY 1

-- every day of a month, by a table function
SELECT CAST(d.day AS DATE) AS day, count(o.order_id) AS n FROM generate_series(DATE '2026-06-01', DATE '2026-06-30', INTERVAL 1 DAY) AS d(day) LEFT JOIN orders o ON CAST(o.ordered_at AS DATE) = CAST(d.day AS DATE) GROUP BY 1 ORDER BY 1

-- every week, from a list
WITH weeks AS (SELECT CAST(unnest(generate_series(date_trunc('week', DATE '2026-05-01'), TIMESTAMP '2026-06-30', INTERVAL '7 days')) AS DATE) AS week) SELECT w.week, count(o.order_id) AS n FROM weeks w LEFT JOIN orders o ON CAST(date_trunc('week', o.ordered_at) AS DATE) = w.week GROUP BY w.week ORDER BY w.week

-- every month, by range
SELECT CAST(range AS DATE) AS month FROM range(DATE '2026-01-01', DATE '2027-01-01', INTERVAL 1 MONTH) ORDER BY 1

-- numbers in a row
SELECT n, n * n AS square FROM generate_series(1, 5) AS t(n) ORDER BY n

-- a series whose ends are reckoned from a day
SELECT CAST(d.day AS DATE) AS day FROM generate_series(DATE '2026-06-30' - 6, DATE '2026-06-30', INTERVAL 1 DAY) AS d(day) ORDER BY 1

-- numbers down
SELECT n FROM range(10, 0, -3) AS t(n) ORDER BY n

-- a written list
SELECT t.x FROM unnest([3, 1, 2]) AS t(x) ORDER BY t.x

-- text
SELECT user_id, lower(nickname) AS l, length(nickname) AS n, substring(nickname, 1, 2) AS s, left(city, 1) AS a, right(phone, 4) AS tail, replace(nickname, 'a', 'b') AS r, trim(nickname) AS t FROM users ORDER BY user_id

-- text put together
SELECT user_id, province || '-' || city AS place, concat(province, '/', city) AS p, concat_ws('·', province, city, city_tier) AS q, lpad(CAST(user_id AS VARCHAR), 6, '0') AS id, reverse(city) AS r FROM users ORDER BY user_id

-- text searched
SELECT user_id, contains(nickname, 'a') AS c, starts_with(city, '杭') AS s, strpos(nickname, 'a') AS p, split_part(nickname, '_', 1) AS f, regexp_matches(phone, '^13') AS m, regexp_extract(nickname, '[0-9]+') AS d, regexp_replace(phone, '[0-9]', '*', 'g') AS masked FROM users ORDER BY user_id

-- numbers
SELECT order_id, round(pay_amount / 7, 2) AS r, floor(pay_amount) AS f, ceil(pay_amount) AS c, abs(-pay_amount) AS a, sqrt(pay_amount) AS q, power(order_id, 2) AS p, ln(pay_amount + 1) AS l, order_id % 3 AS m, order_id // 2 AS h, greatest(pay_amount, 100) AS g, least(pay_amount, 100) AS s FROM orders ORDER BY order_id

-- logarithms and signs
SELECT log10(1000) AS ten, log2(8) AS two, exp(0) AS e, sign(-5) AS s, trunc(1.9) AS t, round(pi(), 3) AS p, mod(7, 3) AS m, 2 ** 10 AS k

-- the first that is known
SELECT order_id, coalesce(pay_method, '未付') AS how, ifnull(coupon_id, 0) AS coupon, nullif(discount_amount, 0) AS off, if(paid_at IS NULL, 0, 1) AS paid FROM orders ORDER BY order_id

-- casts
SELECT '42'::INTEGER + 1 AS i, CAST(1.005 AS DECIMAL(10, 2)) AS d, CAST(5 AS VARCHAR) AS t, CAST('2026-06-30 12:00:00' AS TIMESTAMP) AS s, true::INTEGER AS b, 7::DOUBLE / 2 AS h

-- ordering
SELECT user_id, birth_date FROM users ORDER BY birth_date DESC NULLS LAST, user_id LIMIT 3 OFFSET 1

-- a funnel
WITH v AS (SELECT DISTINCT user_id FROM events WHERE event_type = 'view'), c AS (SELECT DISTINCT user_id FROM events WHERE event_type = 'cart'), p AS (SELECT DISTINCT user_id FROM events WHERE event_type = 'pay') SELECT (SELECT count(*) FROM v) AS viewed, (SELECT count(*) FROM c JOIN v USING (user_id)) AS carted, (SELECT count(*) FROM p JOIN c USING (user_id) JOIN v USING (user_id)) AS paid

-- cohorts
WITH first AS (SELECT user_id, min(date_trunc('month', paid_at)) AS cohort FROM orders WHERE paid_at IS NOT NULL GROUP BY user_id) SELECT f.cohort, date_diff('month', f.cohort, date_trunc('month', o.paid_at)) AS age, count(DISTINCT o.user_id) AS users FROM first f JOIN orders o ON o.user_id = f.user_id AND o.paid_at IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2

-- RFM
SELECT user_id, date_diff('day', max(paid_at), TIMESTAMP '2026-06-30 00:00:00') AS recency, count(*) AS frequency, sum(pay_amount) AS monetary, ntile(2) OVER (ORDER BY sum(pay_amount), user_id) AS m FROM orders WHERE paid_at IS NOT NULL GROUP BY user_id ORDER BY user_id

-- bought together
SELECT a.product_id AS one, b.product_id AS other, count(DISTINCT a.order_id) AS n FROM order_items a JOIN order_items b ON a.order_id = b.order_id AND a.product_id < b.product_id GROUP BY 1, 2 ORDER BY n DESC, 1, 2

-- each by its own time
WITH s AS (SELECT CAST(paid_at AS DATE) AS day, sum(pay_amount) AS sales FROM orders WHERE paid_at IS NOT NULL GROUP BY 1), r AS (SELECT CAST(refunded_at AS DATE) AS day, sum(refund_amount) AS back FROM refunds GROUP BY 1) SELECT coalesce(s.day, r.day) AS day, coalesce(s.sales, 0) - coalesce(r.back, 0) AS net FROM s FULL JOIN r ON s.day = r.day ORDER BY 1

-- stretches of days
WITH d AS (SELECT DISTINCT user_id, CAST(event_at AS DATE) AS day FROM events), g AS (SELECT user_id, day, day - CAST(row_number() OVER (PARTITION BY user_id ORDER BY day) AS INTEGER) AS stretch FROM d) SELECT user_id, min(day) AS since, count(*) AS days FROM g GROUP BY user_id, stretch ORDER BY user_id, since

-- a dummy query
SELECT 1 AS one
