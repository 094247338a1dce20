-- A gym small enough to work out by hand: days without times, no product, no order. Through Wednesday 2024-04-10.
CREATE TABLE members (
  member_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, gender VARCHAR NOT NULL, born DATE, branch VARCHAR NOT NULL,
  joined_on DATE NOT NULL);
CREATE TABLE trainers (trainer_id INTEGER PRIMARY KEY, trainer_name VARCHAR NOT NULL, level VARCHAR NOT NULL);
CREATE TABLE classes (
  class_id INTEGER PRIMARY KEY, class_name VARCHAR NOT NULL, style VARCHAR NOT NULL, trainer_id INTEGER);
CREATE TABLE visits (
  visit_id INTEGER PRIMARY KEY, member_id INTEGER, class_id INTEGER, visited_on DATE NOT NULL, minutes INTEGER NOT NULL);
CREATE TABLE payments (
  payment_id INTEGER PRIMARY KEY, member_id INTEGER NOT NULL, paid_on DATE NOT NULL, plan VARCHAR NOT NULL,
  amount DECIMAL(8,2) NOT NULL, refunded_on DATE, refunded DECIMAL(8,2) NOT NULL);
CREATE TABLE lockers (counted_on DATE NOT NULL, branch VARCHAR NOT NULL, free INTEGER NOT NULL);

-- On 2024-04-10 member 1 turns 34, member 2 is 33 for one more day; member 3 was born on a February 29.
INSERT INTO members VALUES
  (1, 'Ann', 'F', '1990-04-10', 'North', '2024-01-05'),
  (2, 'Ben', 'M', '1990-04-11', 'North', '2024-01-05'),
  (3, 'Cai', 'F', '2004-02-29', 'South', '2024-01-31'),
  (4, 'Dan', 'M', NULL,         'South', '2024-02-29'),
  (5, 'Eve', 'F', '1985-12-01', 'North', '2024-03-04'),
  (6, 'Fay', 'F', '2000-01-01', 'South', '2024-04-10');

INSERT INTO trainers VALUES (1, 'Gil', 'senior'), (2, 'Hua', 'junior');
INSERT INTO classes VALUES
  (1, 'Dawn yoga', 'yoga', 1), (2, 'Noon spin', 'spin', 2), (3, 'Night yoga', 'yoga', 2), (4, 'Boxing', 'box', NULL);

-- Without a class: to train alone. Without a member: a guest. Member 3 came twice on February 29.
INSERT INTO visits VALUES
  (1,  1,    1,    '2024-01-05', 60), (2,  2,    2,    '2024-01-06', 45), (3,  1,    1,    '2024-01-12', 60),
  (4,  3,    NULL, '2024-01-31', 30), (5,  1,    3,    '2024-02-05', 50), (6,  4,    2,    '2024-02-29', 45),
  (7,  3,    1,    '2024-02-29', 60), (8,  3,    1,    '2024-02-29', 60), (9,  1,    4,    '2024-03-01', 40),
  (10, 5,    3,    '2024-03-04', 50), (11, 1,    1,    '2024-03-31', 60), (12, 1,    NULL, '2024-04-01', 20),
  (13, 5,    3,    '2024-04-08', 50), (14, 1,    2,    '2024-04-09', 45), (15, 1,    2,    '2024-04-10', 45),
  (16, 6,    NULL, '2024-04-10', 35), (17, NULL, 2,    '2024-04-10', 45), (18, NULL, 1,    '2024-04-02', 60);

-- Two are refunded, in whole and in part, each in a later month than it was paid in.
INSERT INTO payments VALUES
  (1,  1, '2024-01-05', 'month', 100, NULL,         0),   (2,  2, '2024-01-05', 'year',  900, NULL,         0),
  (3,  3, '2024-01-31', 'month', 100, NULL,         0),   (4,  1, '2024-02-05', 'month', 100, NULL,         0),
  (5,  4, '2024-02-29', 'month', 120, NULL,         0),   (6,  3, '2024-02-29', 'month', 100, '2024-03-02', 100),
  (7,  1, '2024-03-05', 'month', 100, NULL,         0),   (8,  5, '2024-03-04', 'year',  900, '2024-04-01', 300),
  (9,  1, '2024-04-05', 'month', 110, NULL,         0),   (10, 2, '2024-04-10', 'day',   20,  NULL,         0);

-- Counted now and then: no day of January or February, none after April 8.
INSERT INTO lockers VALUES
  ('2024-03-11', 'North', 12), ('2024-03-11', 'South', 6), ('2024-03-31', 'North', 10), ('2024-03-31', 'South', 8),
  ('2024-04-08', 'North', 7),  ('2024-04-08', 'South', 9);
