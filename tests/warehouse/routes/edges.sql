-- Rows on the edges, added to the demo shop: days' first and last moments, a February 29, first orders at one moment,
-- orders placed in one month and paid in the next, refunds of later months, two lines of one category, a free order.
INSERT INTO users VALUES
  (900001, '闰', '19900000001', '女',   '2000-02-29', '浙江',   '杭州',   '新一线', '金卡', 'iOS',     '自然流量', '2026-06-30 23:59:59'),
  (900002, '边', '19900000002', '男',   '1995-06-30', '北京',   '北京',   '一线',   '普通', 'Android', '直播',     '2026-06-01 00:00:00'),
  (900003, '双', '19900000003', '女',   '1999-07-01', '内蒙古', '呼和浩特', '二线', '银卡', '鸿蒙',    '搜索广告', '2025-12-31 23:59:59'),
  (900004, '跨', '19900000004', '未知', NULL,         '西藏',   '拉萨',   '三线',   '钻石', 'PC',      '社群裂变', '2024-05-01 00:00:00'),
  (900005, '静', '19900000005', '男',   '2008-07-01', '黑龙江', '哈尔滨', '二线',   '普通', 'iOS',     '达人合作', '2026-03-17 23:59:59'),
  (900006, '退', '19900000006', '女',   '2008-06-30', '海南',   '海口',   '二线',   '金卡', 'Android', '自然流量', '2024-12-31 23:59:59');

INSERT INTO orders VALUES
  -- The last and the first moment of a month; ordered in one month, paid in the next; ordered in one year, paid in the next.
  (900001, 900002, '2026-06-01 00:00:00', '2026-06-01 00:00:00', '已完成', '天猫',   '北京', '北京', '支付宝',   0,  120, 6, 8, NULL, NULL),
  (900002, 900002, '2026-06-30 23:59:59', '2026-06-30 23:59:59', '已付款', '京东',   '上海', '上海', '微信支付', 10, 290, 9, 8, NULL, NULL),
  (900003, 900003, '2025-12-31 23:59:59', '2026-01-01 00:00:00', '已完成', '抖音',   '广东', '深圳', '银行卡',   0,  500, 9, 8, NULL, NULL),
  (900004, 900004, '2026-05-31 23:58:00', '2026-06-01 00:10:00', '已完成', '小程序', '西藏', '拉萨', '花呗',     0,  75,  2, 8, NULL, NULL),
  -- Two first orders at one moment, on two platforms; the smaller number is the first.
  (900005, 900006, '2026-05-20 12:00:00', '2026-05-20 12:30:00', '已完成', '拼多多', '海南', '海口', '支付宝',   0,  60,  2, 8, NULL, NULL),
  (900006, 900006, '2026-05-20 12:10:00', '2026-05-20 12:30:00', '已完成', '天猫',   '海南', '海口', '支付宝',   0,  90,  2, 8, NULL, 74),
  -- Nothing is due; never paid; cancelled.
  (900007, 900006, '2026-06-15 10:00:00', '2026-06-15 10:00:00', '已完成', '天猫',   '海南', '海口', '支付宝',   50, 0,   0, 0, NULL, 74),
  (900008, 900005, '2026-06-30 23:59:59', NULL,                  '待付款', '京东',   '吉林', '长春', NULL,       0,  300, 0, 0, NULL, NULL),
  (900009, 900005, '2026-06-01 00:00:00', NULL,                  '已取消', '抖音',   '吉林', '长春', NULL,       0,  80,  0, 0, NULL, NULL),
  -- Paid in the last moment before the last thirty days.
  (900010, 900003, '2026-05-31 23:59:59', '2026-05-31 23:59:59', '已完成', '天猫',   '内蒙古', '呼和浩特', '支付宝', 0, 100, 3, 8, NULL, NULL);

INSERT INTO order_items
  SELECT v.order_id, v.line_no, p.product_id, v.quantity, v.unit_price, v.discount_amount, v.line_amount, v.unit_cost
  FROM (VALUES
    (900001, 1, '口红',   1, 120.0, 0.0,  120.0, 40.0),
    (900002, 1, '口红',   1, 100.0, 5.0,  95.0,  40.0),
    (900002, 2, '面膜',   2, 50.0,  5.0,  95.0,  20.0),
    (900002, 3, '跑鞋',   1, 100.0, 0.0,  100.0, 60.0),
    (900003, 1, '跑鞋',   5, 100.0, 0.0,  500.0, 60.0),
    (900004, 1, '坚果',   3, 25.0,  0.0,  75.0,  30.0),
    (900005, 1, '坚果',   2, 30.0,  0.0,  60.0,  12.0),
    (900006, 1, '口红',   1, 90.0,  0.0,  90.0,  40.0),
    (900007, 1, '面膜',   1, 50.0,  50.0, 0.0,   20.0),
    (900008, 1, '跑鞋',   3, 100.0, 0.0,  300.0, 60.0),
    (900009, 1, '小说',   2, 40.0,  0.0,  80.0,  15.0),
    (900010, 1, '小说',   2, 50.0,  0.0,  100.0, 15.0)
  ) v(order_id, line_no, subcategory, quantity, unit_price, discount_amount, line_amount, unit_cost)
  JOIN (SELECT subcategory, min(product_id) AS product_id FROM products GROUP BY 1) p ON p.subcategory = v.subcategory;

INSERT INTO refunds
  SELECT v.refund_id, i.order_id, i.line_no, o.user_id, i.product_id, CAST(v.moment AS TIMESTAMP), v.quantity, v.amount, v.kind, v.reason
  FROM (VALUES
    (900001, 900003, 1, '2026-02-01 00:00:00', 1, 100.0, '仅退款',   '质量问题'),
    (900002, 900003, 1, '2026-06-30 23:59:59', 2, 200.0, '退货退款', '尺码不合'),
    (900003, 900005, 1, '2026-06-01 00:00:00', 2, 60.0,  '退货退款', '七天无理由')
  ) v(refund_id, order_id, line_no, moment, quantity, amount, kind, reason)
  JOIN order_items i ON i.order_id = v.order_id AND i.line_no = v.line_no JOIN orders o ON o.order_id = i.order_id;

INSERT INTO events VALUES
  (90000001, 900001, 9000001, '2026-06-30 23:59:59', 'visit',  '首页',     NULL, NULL,   '自然流量', 'iOS',     0),
  (90000002, 900002, 9000002, '2026-06-01 00:00:00', 'visit',  '首页',     NULL, NULL,   '直播',     'PC',      7),
  (90000003, 900003, 9000003, '2026-05-31 23:59:59', 'search', '搜索结果', NULL, '跑鞋男', '搜索广告', '鸿蒙',    11),
  (90000004, 900003, 9000003, '2026-06-01 00:00:00', 'view',   '活动页',   NULL, NULL,   '搜索广告', '鸿蒙',    5),
  (90000005, 900004, 9000004, '2026-06-24 00:00:00', 'visit',  '首页',     NULL, NULL,   '自然流量', 'Android', 3),
  (90000006, 900005, 9000005, '2026-06-23 23:59:59', 'visit',  '首页',     NULL, NULL,   '自然流量', 'iOS',     3);

INSERT INTO messages VALUES
  (900001, 74, 900002, 'APP推送', '2026-06-01 00:00:00', '2026-06-02 08:00:00', NULL, NULL, NULL),
  (900002, 66, 900004, '短信',    '2026-03-17 23:59:59', '2026-03-18 00:00:00', '2026-03-18 00:00:01', '2026-04-01 00:00:00', 900004);

INSERT INTO coupons VALUES
  (900001, 66, 900004, 300, 50, '2026-03-17 23:59:59', '2026-04-17 23:59:59', '2026-03-18 00:00:00'),
  (900002, 75, 900002, 100, 10, '2026-06-30 23:59:59', '2026-07-30 23:59:59', NULL);

INSERT INTO reviews
  SELECT 900001, 900001, product_id, 900002, 3, '还行', TIMESTAMP '2026-06-30 23:59:59' FROM order_items WHERE order_id = 900001;
