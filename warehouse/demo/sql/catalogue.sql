-- The catalogue, and the products that play a part in the story.

-- `share`: part of what is bought; `elasticity`: percent more units for one percent off the price; `cost`: part of the
-- list price; `refunds`: part of the lines given back; `season`: how much more or less is bought, January to December.
CREATE TEMP TABLE categories AS
FROM (VALUES
  (1, '美妆', 0.20, 1.6, 0.34, 0.045, [1.0, 1.0, 1.1, 1.0, 1.1, 1.0, 1.0, 1.0, 1.0, 1.0, 1.1, 1.0],
    ['绯岚', '沐棠', '芙栖', '黛禾', '朝颜集']),
  (2, '服饰', 0.20, 2.2, 0.42, 0.130, [0.9, 0.8, 1.1, 1.1, 1.0, 0.9, 0.8, 0.9, 1.2, 1.3, 1.2, 1.1],
    ['素衡', '云栎', '衣汀', '霁野', '半纺']),
  (3, '食品', 0.18, 1.1, 0.58, 0.020, [1.5, 1.1, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 1.1, 1.0, 1.0, 1.1],
    ['谷屿', '山有年', '田小满', '橙井', '麦溪']),
  (4, '母婴', 0.10, 0.6, 0.52, 0.035, [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
    ['芽间', '绒宝', '稚禾', '小鹿眠', '暖月圆']),
  (5, '家居', 0.11, 1.4, 0.48, 0.050, [1.1, 0.9, 1.0, 1.0, 1.0, 1.0, 0.9, 1.0, 1.1, 1.0, 1.1, 1.0],
    ['木隅', '栖白', '居壤', '陶然里', '灯火巷']),
  (6, '数码', 0.10, 2.6, 0.60, 0.060, [1.0, 0.9, 1.0, 1.0, 1.0, 1.1, 1.0, 1.0, 1.1, 1.0, 1.1, 1.0],
    ['极栈', '星轴', '芯岸', '蓝屿', '声谷']),
  (7, '运动', 0.08, 1.9, 0.50, 0.080, [0.8, 0.8, 1.1, 1.2, 1.2, 1.1, 1.0, 1.0, 1.0, 1.1, 0.9, 0.8],
    ['逐岭', '风跃川', '劲野', '鹿径', '青峦']),
  (8, '图书', 0.06, 0.9, 0.55, 0.015, [1.0, 1.2, 1.0, 1.0, 0.9, 0.9, 1.1, 1.2, 1.3, 1.0, 1.0, 0.9],
    ['知岸', '墨汀', '长灯', '拾页', '海棠里'])
) AS c(category_no, category, share, elasticity, cost, refunds, season, brands);

CREATE TEMP TABLE catalogue AS
WITH styled AS (
  SELECT *, unnest(string_split(styles, '|')) AS style, unnest(range(1, 9)) AS style_no
  FROM read_csv(getvariable('folder') || '/catalogue.csv', header = true)
)
SELECT
  1000 + 8 * (subcategory_no - 1) + style_no AS product_id,
  category, category_no, subcategory, style, elasticity, cost, share, season,
  brands[1 + dice(5, 'brand', subcategory_no, style_no)] AS brand,
  -- Prices end in 9 yuan, cheap ones in 90 fen.
  CASE WHEN p < 60 THEN 100 * floor(p) + 90 ELSE 100 * (10 * floor(p / 10) + 9) END::BIGINT AS list_cents
FROM (
  SELECT *, price * (0.75 + 0.6 * draw('price', subcategory_no, style_no)) AS p FROM styled
) JOIN categories USING (category);

-- Who plays which part. Each product has one part at most: first the named subcategories, then the rest by lot.
CREATE TEMP TABLE roles AS
WITH cast_first AS (
  SELECT product_id, subcategory,
    CASE subcategory WHEN '蓝牙耳机' THEN 'loser' ELSE 'pair' END AS role
  FROM catalogue
  WHERE subcategory IN ('蓝牙耳机', '跑鞋', '运动袜', '纸尿裤', '湿巾', '手机壳', '数据线')
  QUALIFY row_number() OVER (PARTITION BY subcategory ORDER BY draw('part', product_id), product_id) = 1
),
others AS (
  SELECT product_id, subcategory, row_number() OVER (ORDER BY draw('part', product_id), product_id) AS n
  FROM catalogue WHERE product_id NOT IN (SELECT product_id FROM cast_first)
)
FROM cast_first
UNION ALL
SELECT product_id, subcategory,
  CASE WHEN n <= 12 THEN 'runs out' WHEN n <= 24 THEN 'unmoving' WHEN n <= 32 THEN 'advertised' ELSE 'withdrawn' END
FROM others WHERE n <= 54;

-- Bought together: whoever buys the first takes the second as well with this chance; the last pair in kind 1 alone.
CREATE TEMP TABLE pairs AS
SELECT a.product_id, b.product_id AS companion, chance, kind
FROM (VALUES ('跑鞋', '运动袜', 0.45, NULL), ('纸尿裤', '湿巾', 0.5, NULL), ('手机壳', '数据线', 0.6, 1))
  AS p(first, second, chance, kind)
JOIN roles a ON a.subcategory = first AND a.role = 'pair'
JOIN roles b ON b.subcategory = second AND b.role = 'pair';
