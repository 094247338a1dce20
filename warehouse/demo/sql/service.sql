-- What comes after: refunds and reviews.

-- Why goods come back, by category: clothes and shoes for their size, food and baby goods for the way they arrived.
CREATE TEMP TABLE refund_reasons AS
SELECT category, unnest(['质量问题', '尺码不合', '七天无理由', '物流太慢', '描述不符', '包装破损']) AS reason,
  unnest(weights) AS weight, unnest(range(1, 7)) AS n
FROM (VALUES
  ('美妆', [20, 0, 30, 10, 25, 15]), ('服饰', [12, 48, 22, 5, 11, 2]), ('食品', [20, 0, 8, 24, 12, 36]),
  ('母婴', [26, 10, 22, 14, 14, 14]), ('家居', [22, 8, 26, 10, 16, 18]), ('数码', [38, 2, 24, 6, 24, 6]),
  ('运动', [14, 40, 24, 6, 12, 4]), ('图书', [12, 0, 18, 24, 16, 30])
) AS w(category, weights);

CREATE TEMP TABLE returns AS
WITH reasons AS (
  SELECT category, reason, sum(weight) OVER (PARTITION BY category ORDER BY n) - weight AS low FROM refund_reasons
),
chosen AS (
  SELECT l.*, o.user_id, o.paid_at, a.category, a.role, 100 * draw('why', l.order_id, line_no) AS point,
    -- Most are given back whole.
    CASE WHEN draw('whole', l.order_id, line_no) < 0.9 THEN quantity ELSE 1 END AS back,
    (paid_at::DATE + 1 + floor(4.5 * waiting('back', l.order_id, line_no))::INTEGER
      + to_seconds(second_of(draw('back at', l.order_id, line_no))))::TIMESTAMP AS refunded_at
  FROM paid_lines l JOIN numbered o USING (order_id) JOIN assortment a USING (product_id) JOIN categories c USING (category)
  WHERE o.paid_at IS NOT NULL
    AND draw('refund', l.order_id, line_no) < CASE a.role WHEN 'loser' THEN 0.24 ELSE c.refunds END
)
SELECT c.*, reason FROM chosen c ASOF JOIN reasons r ON c.category = r.category AND c.point >= r.low
WHERE refunded_at < getvariable('closing') AND refunded_at < paid_at + INTERVAL 30 DAY;

INSERT INTO refunds
SELECT row_number() OVER (ORDER BY refunded_at, order_id, line_no), order_id, line_no, user_id, product_id, refunded_at, back,
  yuan((gross - discount) * back // quantity),
  CASE WHEN reason IN ('物流太慢', '包装破损') OR draw('keeps', order_id, line_no) < 0.25 THEN '仅退款' ELSE '退货退款' END, reason
FROM returns
ORDER BY 1;

-- Reviews: of those bought, one in six. What came back, and the product that nobody should have bought, gets few stars.
-- The words are put together from two remarks that agree with the stars (data/remarks.csv), their slots filled
-- (data/slots.csv). `said` has all the ways to fill a remark; the {item} is the product bought.
CREATE TEMP TABLE remarks AS
WITH RECURSIVE slots AS (
  SELECT slot, unnest(string_split(said, '|')) AS word
  FROM read_csv(getvariable('folder') || '/slots.csv', header = true)
),
read AS (FROM read_csv(getvariable('folder') || '/remarks.csv', header = true)),
filled AS (
  SELECT remark, remark AS said, regexp_extract(replace(remark, '{item}', ''), '\{(\w+)\}', 1) AS slot FROM read
  UNION ALL
  SELECT remark, replace(said, '{' || slot || '}', word) AS filling,
    regexp_extract(replace(filling, '{item}', ''), '\{(\w+)\}', 1)
  FROM filled JOIN slots USING (slot)
),
ways AS (SELECT remark, list(said ORDER BY said) AS said FROM filled WHERE slot = '' GROUP BY remark),
apart AS (
  SELECT tone, remark, unnest(string_split(coalesce(categories, '美妆|服饰|食品|母婴|家居|数码|运动|图书'), '|')) AS category
  FROM read
)
SELECT tone, category, row_number() OVER w AS n, count(*) OVER (PARTITION BY tone, category) AS many, said
FROM apart JOIN ways USING (remark) WINDOW w AS (PARTITION BY tone, category ORDER BY remark);

INSERT INTO reviews
WITH rated AS (
  SELECT l.order_id, l.line_no, l.product_id, o.user_id, a.category, a.subcategory,
    (o.paid_at::DATE + 2 + floor(5 * waiting('reviews in', l.order_id, l.line_no))::INTEGER
      + to_seconds(second_of(draw('reviews at', l.order_id, l.line_no))))::TIMESTAMP AS reviewed_at,
    draw('stars', l.order_id, l.line_no)
      - CASE WHEN r.order_id IS NOT NULL THEN 0.55 WHEN a.role = 'loser' THEN 0.22 ELSE 0 END
      - 0.08 * draw('quality', l.product_id) - CASE a.category WHEN '服饰' THEN 0.03 WHEN '图书' THEN -0.03 ELSE 0 END AS mood
  FROM paid_lines l JOIN numbered o ON o.order_id = l.order_id JOIN assortment a ON a.product_id = l.product_id
  LEFT JOIN returns r ON r.order_id = l.order_id AND r.line_no = l.line_no
  WHERE o.paid_at IS NOT NULL AND draw('reviews', l.order_id, l.line_no)
    < CASE WHEN r.order_id IS NOT NULL THEN 0.3 ELSE 0.16 END
),
starred AS (
  SELECT *, CASE WHEN mood > 0.36 THEN 5 WHEN mood > 0.14 THEN 4 WHEN mood > 0.05 THEN 3 WHEN mood > 0 THEN 2 ELSE 1 END AS rating
  FROM rated WHERE reviewed_at < getvariable('closing')
),
-- Three stars get one good word and one bad one, four sometimes a good and a lukewarm one.
toned AS (
  SELECT *, CASE WHEN rating >= 3 THEN '好' ELSE '差' END AS first_tone,
    CASE WHEN rating = 5 THEN '好' WHEN rating = 4 THEN CASE WHEN draw('lukewarm', order_id, line_no) < 0.3 THEN '中' ELSE '好' END
      WHEN rating = 3 THEN CASE WHEN draw('lukewarm', order_id, line_no) < 0.5 THEN '中' ELSE '差' END ELSE '差' END AS second_tone
  FROM starred
),
picked AS (
  SELECT t.*, 1 + dice(a.many, 'says', order_id, line_no) AS one_no, 1 + dice(b.many, 'adds', order_id, line_no) AS two_no
  FROM toned t
  JOIN remarks a ON a.category = t.category AND a.tone = first_tone AND a.n = 1
  JOIN remarks b ON b.category = t.category AND b.tone = second_tone AND b.n = 1
),
worded AS (
  SELECT p.*, one_no = two_no AND first_tone = second_tone AS same,
    a.said[1 + dice(len(a.said), 'fills', order_id, line_no)] AS one,
    b.said[1 + dice(len(b.said), 'fills too', order_id, line_no)] AS two
  FROM picked p
  JOIN remarks a ON a.category = p.category AND a.tone = first_tone AND a.n = one_no
  JOIN remarks b ON b.category = p.category AND b.tone = second_tone AND b.n = two_no
)
SELECT row_number() OVER (ORDER BY reviewed_at, order_id, line_no), order_id, product_id, user_id, rating,
  replace(CASE WHEN same OR draw('brief', order_id, line_no) < 0.25 AND rating <> 3 THEN one
    WHEN first_tone <> second_tone THEN one || '，不过' || two ELSE one || '，' || two END
    || (['。', '！', '', '～'])[CASE WHEN rating <= 3 THEN 1 ELSE 1 + dice(4, 'ends', order_id, line_no) END], '{item}', subcategory),
  reviewed_at
FROM worded
ORDER BY 1;
