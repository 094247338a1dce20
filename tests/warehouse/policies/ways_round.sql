-- rows: the plain question
SELECT order_id, pay_amount FROM orders

-- rows: a count of what is hidden
SELECT count(*) AS n FROM orders

-- rows: another case
SELECT Order_Id FROM ORDERS

-- rows: quoted, in another case
SELECT "ORDER_ID" FROM "Orders"

-- rows: an alias
SELECT o.order_id FROM orders AS o

-- rows: an alias that is another table's name
SELECT users.order_id FROM orders AS users

-- rows: two tables, each by the other's name
SELECT orders.user_id, users.order_id FROM users AS orders JOIN orders AS users ON users.user_id = orders.user_id

-- rows: an alias before its table
SELECT o.order_id FROM o: orders

-- rows: an alias before its column
SELECT hidden: order_id FROM orders

-- rows: the negated condition
SELECT order_id FROM orders WHERE NOT (province IN ('上海', '江苏'))

-- rows: a condition that is always true
SELECT order_id FROM orders WHERE province = '北京' OR 1 = 1 OR order_id IS NULL

-- rows: a comment in the place of a filter
SELECT order_id FROM orders /* WHERE province */ -- all

-- rows: an outer join keeps rows, but not hidden ones
SELECT u.user_id, o.order_id FROM users u LEFT JOIN orders o ON o.user_id = u.user_id

-- rows: a full join
SELECT o.order_id, r.refund_id FROM orders o FULL JOIN refunds r ON r.order_id = o.order_id

-- rows: a cross join
SELECT a.order_id, b.order_id AS other FROM orders a CROSS JOIN orders b

-- rows: joined with itself
SELECT a.order_id FROM orders a JOIN orders b USING (user_id)

-- rows: joined with commas
SELECT o.order_id, i.line_no FROM orders o, order_items i WHERE o.order_id = i.order_id

-- rows: joins in brackets
SELECT order_id FROM (users JOIN orders USING (user_id))

-- rows: joins in brackets, with a name
SELECT b.order_id FROM (users AS u JOIN orders AS o ON u.user_id = o.user_id) AS b

-- rows: a table in brackets
SELECT order_id FROM (orders)

-- rows: a table in brackets, with a name
SELECT o.order_id FROM (orders) AS o

-- rows: a natural join
SELECT refund_id FROM refunds NATURAL JOIN (SELECT order_id FROM order_items)

-- rows: side by side by place
SELECT order_id FROM (SELECT 1 AS one) POSITIONAL JOIN refunds

-- rows: the nearest before
SELECT e.event_id, o.order_id FROM events e ASOF JOIN orders o ON e.user_id = o.user_id AND e.event_at >= o.ordered_at

-- rows: an ASOF join in a subquery
SELECT count(*) AS n FROM events e ASOF LEFT JOIN (SELECT user_id, order_id, ordered_at FROM orders) o ON e.user_id = o.user_id AND e.event_at >= o.ordered_at WHERE o.order_id > 9000 OR o.order_id IS NULL

-- rows: a semi join
SELECT user_id FROM users SEMI JOIN orders USING (user_id)

-- rows: an anti join
SELECT user_id FROM users ANTI JOIN orders USING (user_id)

-- rows: a subquery in FROM
SELECT order_id FROM (SELECT order_id FROM orders) AS t

-- rows: a subquery three deep
SELECT order_id FROM (SELECT * FROM (SELECT * FROM (SELECT order_id, city FROM orders) AS a) AS b) AS c

-- rows: a scalar subquery
SELECT (SELECT max(pay_amount) FROM orders) AS top

-- rows: a subquery in WHERE
SELECT user_id FROM users WHERE user_id IN (SELECT user_id FROM orders)

-- rows: what is not there
SELECT user_id FROM users WHERE user_id NOT IN (SELECT user_id FROM orders)

-- rows: EXISTS
SELECT user_id FROM users u WHERE EXISTS (SELECT 1 FROM orders o WHERE o.user_id = u.user_id AND o.pay_amount > 1000)

-- rows: a correlated subquery
SELECT u.user_id, (SELECT sum(pay_amount) FROM orders WHERE orders.user_id = u.user_id) AS spent FROM users u

-- rows: a subquery in a join's condition
SELECT u.user_id FROM users u JOIN events e ON e.user_id = u.user_id AND (SELECT count(*) FROM orders) > 4

-- rows: ALL
SELECT order_id FROM orders WHERE pay_amount >= ALL (SELECT pay_amount FROM orders)

-- rows: ANY
SELECT user_id FROM users WHERE user_id = ANY (SELECT user_id FROM orders WHERE order_id > 3)

-- rows: lateral
SELECT u.user_id, l.order_id FROM users u, LATERAL (SELECT order_id FROM orders o WHERE o.user_id = u.user_id) AS l

-- rows: lateral, with the alias of the table outside
SELECT orders.user_id, l.n FROM users AS orders, LATERAL (SELECT count(*) AS n FROM orders) AS l

-- rows: a left join, lateral
SELECT u.user_id, l.order_id FROM users u LEFT JOIN LATERAL (SELECT o.order_id FROM orders o WHERE o.user_id = u.user_id) AS l ON true

-- rows: a union
SELECT order_id FROM orders UNION ALL SELECT order_id FROM refunds

-- rows: a union's second arm alone
SELECT 0 AS order_id UNION ALL SELECT order_id FROM orders

-- rows: a union by name
SELECT 'x' AS city UNION BY NAME SELECT city FROM orders

-- rows: an intersection
SELECT user_id FROM users INTERSECT SELECT user_id FROM orders

-- rows: a difference
SELECT user_id FROM users EXCEPT SELECT user_id FROM orders

-- rows: a union inside IN
SELECT user_id FROM users WHERE user_id IN (SELECT user_id FROM orders UNION SELECT user_id FROM refunds)

-- rows: a CTE
WITH t AS (SELECT order_id FROM orders) SELECT order_id FROM t

-- rows: a CTE kept
WITH t AS MATERIALIZED (SELECT order_id FROM orders) SELECT a.order_id FROM t a JOIN t b USING (order_id)

-- rows: a CTE with the table's own name
WITH orders AS (SELECT order_id, city FROM orders) SELECT order_id, city FROM orders

-- rows: a CTE with the table's own name, in another case
WITH ORDERS AS (SELECT order_id FROM orders) SELECT order_id FROM Orders

-- rows: a CTE of a name that a later one hides
WITH a AS (SELECT order_id FROM orders), orders AS (SELECT 5 AS order_id) SELECT order_id FROM a UNION ALL SELECT order_id FROM orders

-- rows: a CTE that is seen in one subquery only
SELECT order_id FROM orders WHERE order_id IN (WITH orders AS (SELECT 9001 AS order_id) SELECT order_id FROM orders) OR order_id > 0

-- rows: a CTE that is no longer there
SELECT t.x, o.order_id FROM (WITH orders AS (SELECT 1 AS x) SELECT x FROM orders) AS t, orders AS o

-- rows: a CTE inside a CTE, by the table's name
WITH a AS (WITH orders AS (SELECT order_id FROM orders) SELECT order_id FROM orders) SELECT a.order_id FROM a JOIN orders USING (order_id)

-- rows: a CTE with columns named
WITH t(x) AS (SELECT order_id FROM orders) SELECT x FROM t

-- rows: a star
SELECT r.* FROM refunds AS r

-- rows: a star of all
SELECT * FROM reviews

-- rows: FROM first
FROM refunds

-- rows: TABLE, in FROM
SELECT refund_id FROM (TABLE refunds)

-- rows: a star with columns left out
SELECT * EXCLUDE (rating) FROM reviews

-- rows: a star with a column replaced
SELECT * REPLACE (1 AS rating) FROM reviews

-- rows: a star with names of its own
SELECT * RENAME (rating AS r) FROM reviews

-- rows: the row as a whole
SELECT r FROM reviews AS r

-- rows: the row as a whole, by the table's name
SELECT reviews FROM reviews

-- rows: the row as a whole, in a list
SELECT unnest([r]) AS r FROM reviews AS r

-- rows: rows in a list
SELECT list(r ORDER BY r.review_id) AS all_of_them FROM reviews AS r

-- rows: columns by place
SELECT b FROM refunds AS t(a, b)

-- rows: a list of what is hidden
SELECT list(order_id ORDER BY order_id) AS ids, string_agg(city, ',' ORDER BY order_id) AS cities FROM orders

-- rows: the greatest
SELECT max(pay_amount) AS top, arg_max(city, pay_amount) AS place, max_by(order_id, pay_amount) AS id FROM orders

-- rows: any one, first and last
SELECT first(city ORDER BY order_id DESC) AS f, last(city ORDER BY order_id) AS l FROM orders

-- rows: quantiles and spread
SELECT quantile_disc(pay_amount, 1.0) AS q, mode(province) AS m, median(pay_amount) AS h FROM orders

-- rows: a filter on an aggregate
SELECT count(*) FILTER (WHERE pay_amount > 1000) AS many, sum(pay_amount) FILTER (WHERE province = '北京') AS there FROM orders

-- rows: grouping
SELECT province, count(*) AS n FROM orders GROUP BY province HAVING count(*) > 0

-- rows: grouping by all
SELECT province, status, count(*) AS n FROM orders GROUP BY ALL ORDER BY ALL

-- rows: grouping by place
SELECT province, sum(pay_amount) AS n FROM orders GROUP BY 1 ORDER BY 2 DESC

-- rows: totals of a rollup
SELECT province, count(*) AS n FROM orders GROUP BY ROLLUP (province)

-- rows: HAVING without groups
SELECT 1 AS found FROM orders HAVING max(order_id) > 9000 OR count(*) = 6

-- rows: DISTINCT
SELECT DISTINCT city FROM orders

-- rows: DISTINCT ON
SELECT DISTINCT ON (user_id) user_id, order_id FROM orders ORDER BY user_id, order_id DESC

-- rows: a window over all
SELECT order_id, count(*) OVER () AS n, sum(pay_amount) OVER () AS total FROM orders

-- rows: the row before and after
SELECT order_id, lead(order_id, 1, 0) OVER (ORDER BY order_id) AS after FROM orders

-- rows: the last of a window
SELECT order_id, last_value(pay_amount) OVER (ORDER BY order_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS l FROM orders

-- rows: QUALIFY
SELECT order_id FROM orders QUALIFY row_number() OVER (ORDER BY order_id DESC) = 1

-- rows: the top
SELECT order_id FROM orders ORDER BY pay_amount DESC, order_id LIMIT 1

-- rows: past those that are seen
SELECT order_id FROM orders ORDER BY order_id OFFSET 4

-- rows: a limit that counts
SELECT user_id FROM users ORDER BY user_id LIMIT (SELECT count(*) FROM orders WHERE order_id > 9000)

-- rows: in ORDER BY
SELECT user_id FROM users ORDER BY (SELECT max(o.order_id) FROM orders o WHERE o.user_id = users.user_id) DESC NULLS LAST, user_id LIMIT 1

-- rows: in order of an output with the table's own name
SELECT province, max(pay_amount) AS orders FROM orders GROUP BY province ORDER BY orders DESC LIMIT 1

-- rows: in order of an output with the name of a denied column
SELECT order_id, pay_amount AS platform_fee FROM orders ORDER BY platform_fee DESC LIMIT 1

-- rows: in CASE
SELECT CASE WHEN (SELECT count(*) FROM orders) > 4 THEN 'more' ELSE 'all' END AS told

-- rows: in a list, unnested
SELECT unnest([(SELECT max(order_id) FROM orders), 0]) AS x

-- rows: in VALUES
SELECT x FROM (VALUES ((SELECT max(order_id) FROM orders))) AS v(x)

-- rows: by a table whose rows another table's decide
SELECT order_id, line_no, line_amount FROM order_items

-- rows: a table whose rows EXISTS decides, by another name
SELECT o.refund_id FROM refunds AS o

-- rows: lines of hidden orders, by the product
SELECT p.product_name, sum(i.quantity) AS n FROM products p JOIN order_items i ON i.product_id = p.product_id GROUP BY p.product_name

-- rows: what hangs on hidden orders, without the orders
SELECT i.order_id, r.content FROM order_items i LEFT JOIN reviews r USING (order_id)

-- errors: a cast of what is hidden
SELECT count(*) AS n FROM orders WHERE CAST(status AS INTEGER) > 0

-- errors: a cast of what is hidden, joined
SELECT count(*) AS n FROM orders JOIN users USING (user_id) WHERE CAST(status AS INTEGER) > 0

-- errors: a cast in a join's condition
SELECT count(*) AS n FROM users u JOIN orders o ON CAST(o.status AS INTEGER) = u.user_id

-- errors: a cast that a comparison brings
SELECT count(*) AS n FROM orders o JOIN users u ON o.user_id = u.user_id WHERE o.status = 1

-- errors: a cast under a condition that is true of one hidden row
SELECT count(*) AS n FROM orders o JOIN users u USING (user_id) WHERE CASE WHEN o.order_id = 9001 THEN CAST(o.city AS INTEGER) ELSE 1 END = 1

-- errors: a cast in a CTE that is filtered outside
WITH t AS (SELECT CAST(o.status AS INTEGER) AS s FROM orders o JOIN users u USING (user_id)) SELECT count(*) AS n FROM t WHERE s > 1

-- errors: a cast where another table's rows decide
SELECT count(*) AS n FROM reviews WHERE CAST(content AS INTEGER) > 0

-- errors: a cast where another table's rows decide, joined
SELECT count(*) AS n FROM reviews w JOIN users u USING (user_id) WHERE CAST(w.content AS INTEGER) > 0

-- errors: a bad pattern
SELECT count(*) AS n FROM orders o JOIN users u USING (user_id) WHERE regexp_matches('1', CASE WHEN o.order_id > 9000 THEN '[' ELSE o.status END)

-- errors: a bad date part
SELECT count(*) AS n FROM orders o JOIN users u USING (user_id) WHERE date_part(CASE WHEN o.order_id < 9000 THEN 'day' ELSE o.city END, o.ordered_at) > 0

-- errors: an overflow
SELECT count(*) AS n FROM order_items i JOIN users u ON u.user_id > 0 WHERE CAST(i.unit_price * 100 AS INTEGER) * 10 > 0

-- errors: a number that is too long for its type
SELECT count(*) AS n FROM refunds r JOIN users u USING (user_id) WHERE CAST(r.refund_amount AS DECIMAL(6, 2)) > 0

-- errors: two rows where one is asked
SELECT (SELECT order_id FROM orders WHERE order_id = 1 OR order_id > 9000) AS one

-- mask: the plain question
SELECT phone FROM users

-- mask: every column
SELECT * FROM users

-- mask: every column of one table
SELECT u.* FROM events JOIN users AS u USING (user_id)

-- mask: another case
SELECT "PHONE" FROM Users

-- mask: columns by a pattern
SELECT * LIKE 'ph%' FROM users

-- mask: columns by a pattern, of one table
SELECT u.* SIMILAR TO 'p.*e' FROM users AS u

-- mask: the row as a whole
SELECT u FROM users AS u

-- mask: the row as a whole, by the table's name
SELECT users FROM users

-- mask: the row as a whole, taken apart
SELECT u['phone'] AS p FROM users AS u

-- mask: the row as a whole, through brackets
SELECT x FROM (users) AS x

-- mask: the row as a whole, counted
SELECT count(DISTINCT u) AS n, min(u) AS least FROM users AS u

-- mask: columns by place
SELECT c FROM users AS t(a, b, c)

-- mask: columns by place, through brackets
SELECT c FROM (users) AS t(a, b, c)

-- mask: columns by place, of a subquery
SELECT c FROM (SELECT * FROM users) AS t(a, b, c)

-- mask: columns by place, of a CTE
WITH t(a, b, c) AS (FROM users) SELECT c FROM t

-- mask: a union names it otherwise
SELECT 'x' AS a, 'x' AS b, 'x' AS c UNION ALL SELECT nickname, city, phone FROM users

-- mask: a part of it
SELECT substring(phone, 1, 9) AS p, right(phone, 3) AS q, length(phone) AS n FROM users

-- mask: turned round and in pieces
SELECT reverse(phone) AS r, split_part(phone, '-', 2) AS s, regexp_extract(phone, '[0-9]+') AS d FROM users

-- mask: guessed in WHERE
SELECT user_id FROM users WHERE phone = 'CANARY-138'

-- mask: guessed by its beginning
SELECT user_id FROM users WHERE phone LIKE 'CANARY-13%' AND starts_with(phone, 'C')

-- mask: guessed in CASE
SELECT user_id, CASE WHEN phone = 'CANARY-138' THEN 1 ELSE 0 END AS hit FROM users

-- mask: guessed by a join
SELECT u.user_id FROM users u JOIN (VALUES ('CANARY-138')) AS v(phone) ON v.phone = u.phone

-- mask: guessed by USING
SELECT user_id FROM users JOIN (SELECT 'CANARY-138' AS phone) AS v USING (phone)

-- mask: guessed by a natural join
SELECT user_id FROM users NATURAL JOIN (SELECT 'CANARY-138' AS phone) AS v

-- mask: guessed by IN
SELECT user_id FROM users WHERE 'CANARY-138' IN (SELECT phone FROM users AS x WHERE x.user_id = users.user_id)

-- mask: guessed by EXISTS
SELECT 1 AS found WHERE EXISTS (SELECT 1 FROM users WHERE phone > 'CANARY')

-- mask: guessed by an intersection
SELECT 'CANARY-138' AS p INTERSECT SELECT phone FROM users

-- mask: guessed by HAVING
SELECT max(city) AS c FROM users HAVING max(phone) LIKE 'CANARY%'

-- mask: grouped by
SELECT phone, count(*) AS n FROM users GROUP BY phone

-- mask: counted
SELECT count(DISTINCT phone) AS n FROM users

-- mask: put in order
SELECT user_id, row_number() OVER (ORDER BY phone, user_id) AS nth FROM users

-- mask: the row as a whole, put in order
SELECT user_id FROM (SELECT phone, user_id FROM users) AS o ORDER BY o LIMIT 1

-- mask: the row as a whole, put in order by a list
SELECT user_id, row_number() OVER (ORDER BY [phone, city]) AS nth FROM users

-- mask: put in order, by the alias of another
SELECT user_id, phone AS p FROM users ORDER BY p, user_id LIMIT 1

-- mask: the greatest
SELECT max(phone) AS m, arg_max(user_id, phone) AS who, list(phone) AS l, string_agg(phone, ',') AS s FROM users

-- mask: the one of the greatest
SELECT max_by(phone, user_id) AS m, any_value(phone) AS a FROM users

-- mask: in a list
SELECT [phone, city] AS l FROM users

-- mask: a window
SELECT user_id, lag(phone) OVER (ORDER BY user_id) AS before FROM users

-- mask: replaced in a star
SELECT * REPLACE (phone AS nickname) FROM users

-- mask: renamed in a star
SELECT * RENAME (phone AS p) FROM users

-- mask: lateral
SELECT l.p FROM users u, LATERAL (SELECT u.phone AS p) AS l

-- mask: correlated
SELECT (SELECT max(x) FROM (SELECT u.phone AS x) AS t) AS p FROM users u

-- mask: a CTE of the table's name
WITH users AS (SELECT * FROM users) SELECT phone FROM users

-- mask: the error of a cast
SELECT CAST(phone AS INTEGER) AS n FROM users

-- mask: the error of a cast, where another table's rows decide
SELECT count(*) AS n FROM users JOIN orders USING (user_id) WHERE CAST(phone AS INTEGER) > 0

-- mask: a date
SELECT birth_date, year(birth_date) AS y FROM users

-- mask: a date, guessed
SELECT user_id FROM users WHERE birth_date BETWEEN DATE '1995-01-01' AND DATE '1995-12-31'

-- mask: a date's parts
SELECT count(birth_date) AS n, min(birth_date) AS first, date_diff('day', min(birth_date), max(birth_date)) AS d FROM users

-- denied: the plain question
SELECT platform_fee FROM orders

-- denied: another case, quoted
SELECT "Platform_Fee" FROM ORDERS

-- denied: after an alias
SELECT o.platform_fee FROM orders AS o

-- denied: every column
SELECT * FROM orders

-- denied: every column of one table
SELECT o.* FROM users JOIN orders AS o USING (user_id)

-- denied: every column, FROM first
FROM order_items

-- denied: every column but others
SELECT * EXCLUDE (city) FROM orders

-- denied: the row as a whole
SELECT o FROM orders AS o

-- denied: the row as a whole, through brackets
SELECT x FROM (orders) AS x

-- denied: the row as a whole, from an inner query
SELECT (SELECT o) AS r FROM orders AS o

-- denied: columns by place
SELECT l FROM orders AS t(a, b, c, d, e, f, g, h, i, j, k, l)

-- denied: in WHERE
SELECT order_id FROM orders WHERE platform_fee > 0

-- denied: in a join's condition
SELECT o.order_id FROM orders o JOIN users u ON o.platform_fee > 0

-- denied: by USING
SELECT order_id FROM orders JOIN (SELECT 8888.88 AS platform_fee) AS v USING (platform_fee)

-- denied: by a natural join
SELECT order_id FROM orders NATURAL JOIN (SELECT 8888.88 AS platform_fee) AS v

-- denied: in GROUP BY
SELECT count(*) AS n FROM orders GROUP BY platform_fee

-- denied: in HAVING
SELECT count(*) AS n FROM orders HAVING max(platform_fee) > 0

-- denied: in ORDER BY
SELECT order_id FROM orders ORDER BY platform_fee

-- denied: in ORDER BY, inside of an expression
SELECT order_id, pay_amount AS platform_fee FROM orders ORDER BY platform_fee + 1

-- denied: in ORDER BY, in a window's
SELECT pay_amount AS platform_fee, row_number() OVER (ORDER BY platform_fee) AS r FROM orders

-- denied: the row as a whole, in ORDER BY
SELECT order_id FROM orders ORDER BY orders

-- denied: the row as a whole, in ORDER BY beside an output of another SELECT
SELECT order_id FROM orders AS o WHERE order_id IN (SELECT 1 AS o) ORDER BY o

-- denied: in a window
SELECT order_id, rank() OVER (ORDER BY platform_fee) AS r FROM orders

-- denied: in a filter
SELECT count(*) FILTER (WHERE platform_fee > 0) AS n FROM orders

-- denied: in a subquery that reads it from outside
SELECT (SELECT max(o.platform_fee)) AS m FROM orders AS o

-- denied: in a CTE
WITH t AS (SELECT order_id, platform_fee AS f FROM orders) SELECT f FROM t

-- denied: in one arm of a union
SELECT pay_amount FROM orders UNION ALL SELECT platform_fee FROM orders

-- denied: which of two tables is not told
SELECT unit_cost FROM products, users

-- denied: where the name would else be taken from outside
SELECT (SELECT max(unit_cost) FROM products) AS m FROM (SELECT 1 AS unit_cost) AS t

-- denied: in the star's REPLACE
SELECT * REPLACE (platform_fee AS pay_amount) FROM orders

-- denied: left out of the star by name
SELECT * EXCLUDE (platform_fee) FROM orders

-- denied: joined in brackets
SELECT b.platform_fee FROM (orders JOIN users USING (user_id)) AS b

-- unsafe: columns by a pattern
SELECT COLUMNS('pho.*') FROM users

-- unsafe: columns by a lambda
SELECT COLUMNS(c -> c LIKE 'p%') FROM users

-- unsafe: TABLE
TABLE refunds

-- unsafe: a field of the row by a dot
SELECT (u).phone FROM users AS u

-- unsafe: the row packed
SELECT struct_pack(x := u) FROM users AS u

-- unsafe: a struct
SELECT {'x': phone} AS s FROM users

-- unsafe: a longer name of the table
SELECT * FROM main.users

-- unsafe: a longer name of the column
SELECT main.orders.platform_fee FROM orders

-- unsafe: the table named in a string
SELECT * FROM query_table('orders')

-- unsafe: SQL in a string
SELECT * FROM query('SELECT * FROM orders')

-- unsafe: a variable
SELECT getvariable('x')

-- unsafe: reshaped
PIVOT orders ON province USING count(*)

-- unsafe: reshaped, in FROM
SELECT * FROM (UNPIVOT users ON phone INTO NAME n VALUE v)

-- unsafe: summed up
SELECT * FROM (SUMMARIZE orders)

-- unsafe: the engine's own tables
SELECT estimated_size FROM duckdb_tables()

-- unsafe: the engine's own columns
SELECT * FROM information_schema.columns

-- unsafe: a sample
SELECT order_id FROM orders USING SAMPLE 100%

-- unsafe: the past of a table
SELECT order_id FROM orders AT (VERSION => 1)

-- unsafe: a recursion
WITH RECURSIVE t AS (SELECT order_id FROM orders UNION SELECT order_id FROM t) SELECT order_id FROM t

-- shadow: a CTE in the place of a table that the policy reads
WITH orders AS (SELECT 9001 AS order_id, '上海' AS province) SELECT order_id FROM order_items

-- shadow: a CTE in the place of a table that the policy reads, in another case
WITH ORDERS AS (SELECT 9001 AS order_id, '上海' AS province) SELECT content FROM reviews

-- shadow: a CTE around the table, of the name that the policy reads
WITH orders AS (SELECT order_id FROM order_items) SELECT order_id FROM orders

-- shadow: a CTE outside of a subquery
WITH orders AS (SELECT 9001 AS order_id, '上海' AS province) SELECT (SELECT max(refund_amount) FROM refunds) AS m

-- failed: a row's place in the file
SELECT max(rowid) AS n FROM orders
