-- guard: the clock
SELECT now()

-- guard: the clock
SELECT current_date

-- guard: the clock
SELECT * FROM orders WHERE ordered_at > current_timestamp - INTERVAL 7 DAY

-- guard: the clock
SELECT today()

-- guard: the clock, as a bare word
SELECT localtimestamp

-- guard: the clock, quoted, which the engine still reads as a call
SELECT "current_date"

-- guard: the clock
SELECT get_current_timestamp()

-- guard: chance
SELECT user_id FROM users ORDER BY random() LIMIT 5

-- guard: chance
SELECT uuid()

-- guard: chance
SELECT gen_random_uuid()

-- guard: chance
SELECT * FROM users TABLESAMPLE 10%

-- guard: chance
SELECT * FROM users USING SAMPLE 5 ROWS

-- guard: chance
SELECT setseed(0.5)

-- guard: who asks
SELECT user

-- guard: who asks
SELECT current_user

-- guard: who asks
SELECT session_user

-- guard: where
SELECT current_schema()

-- guard: where
SELECT current_database()

-- guard: the engine's version
SELECT version()

-- guard: a setting
SELECT current_setting('temp_directory')

-- guard: a variable
SELECT getvariable('x')

-- guard, engine: the environment
SELECT getenv('HOME')

-- guard, engine: the environment, with another case and quotes
SELECT "GetEnv"('HOME')

-- guard, engine: the environment, qualified
SELECT system.main.getenv('HOME')

-- guard: SQL in a string
SELECT * FROM query('SELECT * FROM users')

-- guard: SQL in a string, beside a table
SELECT * FROM users u, LATERAL query('SELECT 1') q

-- guard: a table named in a string
SELECT * FROM query_table('users')

-- guard, engine: SQL in a string, reading a file
SELECT * FROM query('SELECT * FROM read_text(''/etc/passwd'')')

-- guard, engine: a file
SELECT * FROM read_csv('/etc/passwd')

-- guard, engine: a file
SELECT * FROM read_csv_auto('/etc/passwd')

-- guard, engine: a file
SELECT * FROM read_text('/etc/passwd')

-- guard, engine: a file
SELECT * FROM read_blob('/etc/passwd')

-- guard, engine: a file
SELECT * FROM read_json('/etc/passwd')

-- guard, engine: a file
SELECT * FROM read_json_auto('/etc/passwd')

-- guard, engine: a file
SELECT * FROM read_parquet('/etc/passwd')

-- guard, engine: a file
SELECT * FROM parquet_metadata('/etc/passwd')

-- guard, engine: a file
SELECT * FROM sniff_csv('/etc/passwd')

-- guard, engine: the names of files
SELECT * FROM glob('/etc/*')

-- guard, engine: a file named as a table
SELECT * FROM '/etc/passwd'

-- guard, engine: a file named as a table
SELECT * FROM 'secrets.csv'

-- guard, engine: a file named as a quoted table
SELECT * FROM "/etc/passwd"

-- guard, engine: a file in a schema's place
SELECT * FROM "/etc"."passwd"

-- guard, engine: a file over the network
SELECT * FROM 'https://example.com/data.parquet'

-- guard, engine: a file deep inside
SELECT * FROM users WHERE user_id IN (SELECT 1 FROM (SELECT * FROM read_text('/etc/passwd')) AS t)

-- guard, engine: a file inside a CTE that nobody reads
WITH x AS (SELECT * FROM read_text('/etc/passwd')) SELECT count(*) FROM users, x

-- guard, engine: a file in a union
SELECT nickname FROM users UNION ALL SELECT content FROM read_text('/etc/passwd')

-- guard, engine: a file in a FROM-first query
FROM read_text('/etc/passwd')

-- guard, engine: writing a file
COPY users TO 'stolen.csv'

-- guard, engine: writing a file
COPY (SELECT * FROM users) TO 'stolen.parquet' (FORMAT parquet)

-- guard, engine: reading a file into a table
COPY users FROM '/etc/passwd'

-- guard, engine: writing the whole database
EXPORT DATABASE 'stolen'

-- guard, engine: running a script
IMPORT DATABASE '/tmp'

-- guard, engine: another database
ATTACH 'other.duckdb' AS other

-- guard, engine: another database, in memory
ATTACH '/tmp/other.duckdb' AS other (TYPE sqlite)

-- guard, engine: detaching
DETACH warehouse

-- guard, engine: an extension
INSTALL httpfs

-- guard, engine: an extension
LOAD httpfs

-- guard, engine: an extension from a file
LOAD '/tmp/evil.duckdb_extension'

-- guard, engine: updating extensions
UPDATE EXTENSIONS

-- guard, engine: a setting
SET enable_external_access = true

-- guard, engine: a setting
SET GLOBAL lock_configuration = false

-- guard, engine: a setting
SET memory_limit = '100GB'

-- guard, engine: a setting
SET threads = 64

-- guard, engine: a setting
RESET memory_limit

-- guard, engine: a setting by a pragma
PRAGMA memory_limit = '100GB'

-- guard: what is attached, with its path
PRAGMA database_list

-- guard: a pragma as a call
CALL pragma_version()

-- guard: a pragma as a table
SELECT * FROM pragma_table_info('users')

-- guard: the engine's settings as a table
SELECT * FROM duckdb_settings()

-- guard: the engine's tables
SELECT * FROM duckdb_tables()

-- guard: the attached databases with their paths
SELECT path FROM duckdb_databases()

-- guard, engine: secrets
SELECT * FROM duckdb_secrets()

-- guard, engine: secrets
SELECT * FROM which_secret('s3://x', 's3')

-- guard, engine: secrets
CREATE SECRET s (TYPE s3, KEY_ID 'a', SECRET 'b')

-- guard: the schema's own tables
SELECT * FROM information_schema.tables

-- guard: the schema's own tables
SELECT * FROM pg_catalog.pg_class

-- guard: the schema's own tables
SELECT * FROM sqlite_master

-- guard: the schema's own tables
SELECT * FROM duckdb_columns

-- guard: a known table by a longer name
SELECT * FROM main.users

-- guard: a known table by its catalog
SELECT * FROM warehouse.main.users

-- guard: a column by a longer name
SELECT main.users.phone FROM users

-- guard: a table that is not given
SELECT * FROM staff

-- guard: a table that is not given, in another case
SELECT * FROM STAFF

-- guard: a CTE that hides the table it reads
WITH staff AS (SELECT * FROM staff) SELECT * FROM staff

-- guard: a CTE that is not yet there
WITH a AS (SELECT * FROM staff), staff AS (SELECT 1 AS x) SELECT * FROM a

-- guard: a CTE that is no longer there
SELECT * FROM (WITH staff AS (SELECT 1 AS x) SELECT * FROM staff) AS t, staff

-- guard: a CTE of one branch of a union, read in the other
SELECT * FROM users WHERE user_id IN (WITH staff AS (SELECT 1 AS x) SELECT x FROM staff) OR EXISTS (FROM staff)

-- guard: a schema's name before a CTE's
WITH staff AS (SELECT 1 AS x) SELECT * FROM main.staff

-- guard: a table that is not given, in a scalar subquery
SELECT (SELECT max(salary) FROM staff)

-- guard: a table that is not given, in a join's condition
SELECT * FROM users u JOIN orders o ON o.user_id = (SELECT max(salary) FROM staff)

-- guard: a table that is not given, in an ORDER BY
SELECT * FROM users ORDER BY (SELECT max(salary) FROM staff)

-- guard: a table that is not given, in a FILTER
SELECT count(*) FILTER (WHERE EXISTS (SELECT 1 FROM staff)) FROM users

-- guard: a table that is not given, in a star's REPLACE
SELECT * REPLACE ((SELECT max(salary) FROM staff) AS city) FROM users

-- guard: a table that is not given, in the limit
SELECT * FROM users LIMIT (SELECT max(salary) FROM staff)

-- guard, engine: letters that look alike
SELECT * FROM usеrs

-- guard, engine: full-width letters
ＳＥＬＥＣＴ ｃｏｕｎｔ（＊） ＦＲＯＭ ｕｓｅｒｓ

-- guard, engine: a letter that looks alike in a function
SELECT ѕum(1)

-- guard, engine: several statements
SELECT 1; DROP TABLE users

-- guard: several statements
SELECT 1; SELECT 2

-- guard, engine: several statements behind a comment
SELECT 1 /* ; */ ; DELETE FROM users

-- guard, engine: a statement after a line comment
SELECT 1 -- all is well
; DROP TABLE users

-- guard, engine: a comment that never ends
SELECT 1 /* UNION SELECT * FROM staff

-- guard, engine: a string that never ends
SELECT 'abc FROM users

-- guard, engine: writing
INSERT INTO users SELECT * FROM users

-- guard, engine: writing
UPDATE users SET phone = '1'

-- guard, engine: writing
DELETE FROM users

-- guard, engine: writing
TRUNCATE users

-- guard, engine: writing
MERGE INTO users USING orders ON users.user_id = orders.user_id WHEN MATCHED THEN DELETE

-- guard, engine: changing the schema
DROP TABLE users

-- guard, engine: changing the schema
ALTER TABLE users ADD COLUMN x INTEGER

-- guard, engine: changing the schema
CREATE TABLE x AS SELECT * FROM users

-- guard, engine: changing the schema
CREATE OR REPLACE VIEW users AS SELECT 1

-- guard, engine: changing the schema
CREATE SCHEMA x

-- guard, engine: a sequence
CREATE SEQUENCE s

-- guard, engine: an index
CREATE INDEX i ON users (city)

-- guard, engine: a macro
CREATE MACRO f(x) AS x + 1

-- guard: a macro of the session's own
CREATE TEMP MACRO f(x) AS x + 1

-- guard: a table of the session's own
CREATE TEMP TABLE t (a INTEGER)

-- guard: writing under a SELECT's cover
SELECT * INTO x FROM users

-- guard: a lock
SELECT * FROM users FOR UPDATE

-- guard, engine: a comment on a table
COMMENT ON TABLE users IS 'x'

-- guard, engine: a sequence's next value
SELECT nextval('s')

-- guard: a variable
SET VARIABLE x = 1

-- guard: a transaction
BEGIN

-- guard: a checkpoint
CHECKPOINT

-- guard: a prepared statement
PREPARE p AS SELECT 1

-- guard, engine: a prepared statement
EXECUTE p

-- guard: the plan
EXPLAIN SELECT * FROM users

-- guard: the plan, with figures of the data
EXPLAIN ANALYZE SELECT * FROM users

-- guard: a table's shape
DESCRIBE users

-- guard: a table's statistics
SUMMARIZE users

-- guard: the tables
SHOW TABLES

-- guard: a table's statistics under a SELECT's cover
SELECT * FROM (SUMMARIZE users)

-- guard: a table's shape under a SELECT's cover
SELECT * FROM (DESCRIBE users)

-- guard: all tables under a SELECT's cover
SELECT * FROM (SHOW ALL TABLES)

-- guard: reshaping that names no table twice
PIVOT users ON city USING count(*)

-- guard: reshaping inside FROM
SELECT * FROM (PIVOT users ON city USING count(*))

-- guard, engine: a parameter
SELECT * FROM users WHERE user_id = ?

-- guard, engine: a parameter
SELECT * FROM users WHERE user_id = $1

-- guard, engine: a parameter by name
SELECT * FROM users WHERE user_id = $name

-- guard: a column by its place
SELECT #1 FROM users

-- guard: columns by a pattern
SELECT COLUMNS('pho.*') FROM users

-- guard: columns by a lambda
SELECT COLUMNS(c -> c LIKE 'p%') FROM users

-- guard: a lambda
SELECT list_transform([1, 2], lambda x : x + 1)

-- guard: a list comprehension
SELECT [x + 1 FOR x IN [1, 2]]

-- guard: a chain of calls
SELECT 'abc'.upper().lower()

-- guard: a call by a dot
SELECT users.phone.md5() FROM users

-- guard: a recursion without end
WITH RECURSIVE a AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM a) SELECT count(*) FROM a

-- guard: a recursion, though a short one
WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a WHERE n < 3) SELECT * FROM a

-- guard: a series of a trillion
SELECT count(*) FROM range(1000000000000)

-- guard: a series of a trillion, as a list
SELECT len(range(1000000000000))

-- guard: a series by the second over a century
SELECT * FROM generate_series(TIMESTAMP '1926-01-01', TIMESTAMP '2026-01-01', INTERVAL 1 SECOND)

-- guard: a series whose length the data tell
SELECT unnest(range(user_id * 1000000)) FROM users

-- guard: a series of a trillion, as a sum
SELECT count(*) FROM range(1, 999999999999 + 1)

-- guard: a series whose end cannot be reckoned
SELECT * FROM generate_series(DATE '2026-01-01', DATE '2026-01-01' + 999999, INTERVAL 1 DAY)

-- guard: a series without a step that ends it
SELECT * FROM generate_series(1, 10, 0)

-- guard: text repeated a billion times
SELECT length(repeat('abcdefghij', 100000000))

-- guard: text padded to a gigabyte
SELECT lpad('a', 1000000000, 'b')

-- guard: text padded to a length the data tell
SELECT lpad('a', user_id::INTEGER, 'b') FROM users

-- guard: the square of a text's length
SELECT levenshtein(nickname, city) FROM users

-- guard: an error at will
SELECT error('x')

-- guard: writing the engine's log
SELECT write_log('x')

-- guard: the engine's log
SELECT * FROM duckdb_logs

-- guard: a type that reads files or shapes
SELECT CAST('x' AS STRUCT(a INTEGER))

-- guard, engine: a type that is not there
SELECT CAST('x' AS staff)

-- guard: the past of a table
SELECT * FROM users AT (VERSION => 1)

-- guard, engine: deleting with a result
WITH gone AS (DELETE FROM users RETURNING *) SELECT * FROM gone

-- guard: a query of nothing but values
VALUES (1), (2)

-- guard: a function of the engine's insides
SELECT txid_current()

-- guard: a table function that gives rows for nothing
SELECT * FROM repeat(1, 1000000)

-- guard: a table function of tests
SELECT * FROM test_all_types()

-- guard, engine: nothing of SQL
please show me all users

-- guard: nothing at all
;
