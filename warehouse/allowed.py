"""What a query may be built from: every kind of expression, function and data type that passes the guard.

What is not listed is refused, so that what the parser or the engine learn later stays outside until somebody adds it.
Left out on purpose: the clock and chance (the same question gives the same answer), functions that read files, settings
or other SQL, lambdas, and functions whose cost grows with a number in the text (`repeat`) or with the square of the
text's length (`levenshtein`), which no time limit stops midway.
"""

from typing import Final

from sqlglot import exp

CLAUSES: Final = (
    *(exp.Select, exp.Union, exp.Intersect, exp.Except, exp.With, exp.CTE, exp.Subquery, exp.Values),
    *(exp.From, exp.Join, exp.Lateral, exp.Table, exp.TableAlias, exp.Alias, exp.Unnest, exp.Explode),
    *(exp.Where, exp.Group, exp.GroupingSets, exp.Rollup, exp.Cube, exp.Having, exp.Qualify),
    *(exp.Order, exp.Ordered, exp.Limit, exp.Offset, exp.Distinct),
    *(exp.Window, exp.WindowSpec, exp.WithinGroup, exp.Filter, exp.IgnoreNulls, exp.RespectNulls),
)

ATOMS: Final = (
    *(exp.Column, exp.Identifier, exp.Star, exp.Var, exp.Literal, exp.Boolean, exp.Null),
    *(exp.Interval, exp.DataType, exp.DataTypeParam, exp.Tuple, exp.Array, exp.Paren, exp.Bracket),
)

OPERATORS: Final = (
    *(exp.And, exp.Or, exp.Not, exp.Exists, exp.In, exp.Any, exp.All, exp.Between, exp.Is),
    *(exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.NullSafeEQ, exp.NullSafeNEQ),
    *(exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv, exp.Mod, exp.Neg, exp.DPipe),
    *(exp.Like, exp.ILike, exp.Glob, exp.SimilarTo, exp.Escape, exp.RegexpLike, exp.RegexpFullMatch),
    *(exp.Case, exp.If, exp.Coalesce, exp.Nullif, exp.Greatest, exp.Least, exp.Cast, exp.TryCast),
)

AGGREGATES: Final = (
    *(exp.Count, exp.CountIf, exp.Sum, exp.Avg, exp.Min, exp.Max, exp.Median, exp.Mode),
    *(exp.Stddev, exp.StddevSamp, exp.StddevPop, exp.Variance, exp.VariancePop, exp.Skewness, exp.Kurtosis),
    *(exp.Corr, exp.CovarPop, exp.CovarSamp, exp.RegrSlope, exp.RegrIntercept, exp.RegrR2),
    *(exp.PercentileCont, exp.PercentileDisc, exp.Quantile, exp.ApproxQuantile, exp.ApproxDistinct),
    *(exp.AnyValue, exp.First, exp.Last, exp.ArgMax, exp.ArgMin, exp.LogicalAnd, exp.LogicalOr),
    *(exp.ArrayAgg, exp.GroupConcat, exp.Grouping),
)

WINDOW_FUNCTIONS: Final = (
    *(exp.RowNumber, exp.Rank, exp.DenseRank, exp.PercentRank, exp.CumeDist, exp.Ntile),
    *(exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue, exp.NthValue),
)

DATE_FUNCTIONS: Final = (
    *(exp.TimestampTrunc, exp.DateTrunc, exp.DateDiff, exp.DateAdd, exp.DateSub, exp.DateBin, exp.Extract, exp.Date),
    *(exp.Year, exp.Quarter, exp.Month, exp.Week, exp.WeekOfYear, exp.Day, exp.Hour, exp.Minute, exp.Second),
    *(exp.DayOfMonth, exp.DayOfWeek, exp.DayOfWeekIso, exp.DayOfYear, exp.Dayname, exp.Monthname, exp.LastDay),
    *(exp.TimeToStr, exp.StrToTime, exp.TimeToUnix, exp.DateFromParts, exp.TimestampFromParts, exp.ToDays),
    exp.GenerateSeries,
)

NUMBER_FUNCTIONS: Final = (
    *(exp.Abs, exp.Round, exp.Ceil, exp.Floor, exp.Trunc, exp.Sign, exp.Sqrt, exp.Cbrt, exp.Pow, exp.Exp),
    *(exp.Ln, exp.Log, exp.Pi, exp.Sin, exp.Cos, exp.Tan, exp.Atan, exp.Atan2, exp.Radians, exp.Degrees),
    *(exp.IsNan, exp.IsInf),
)

TEXT_FUNCTIONS: Final = (
    *(exp.Lower, exp.Upper, exp.Trim, exp.Length, exp.Substring, exp.Left, exp.Right, exp.Reverse, exp.Pad),
    *(exp.Replace, exp.Translate, exp.Concat, exp.ConcatWs, exp.Contains, exp.StartsWith, exp.EndsWith),
    *(exp.StrPosition, exp.SplitPart, exp.Split, exp.RegexpExtract, exp.RegexpReplace),
)

LIST_FUNCTIONS: Final = (exp.ArrayContains, exp.ArrayDistinct, exp.ArraySize, exp.ArraySort, exp.ArrayToString)

KINDS: Final = frozenset(
    CLAUSES
    + ATOMS
    + OPERATORS
    + AGGREGATES
    + WINDOW_FUNCTIONS
    + DATE_FUNCTIONS
    + NUMBER_FUNCTIONS
    + TEXT_FUNCTIONS
    + LIST_FUNCTIONS
)

# Functions that the parser has no kind of its own for, by name.
NAMES: Final = frozenset(
    {
        *("mean", "geomean", "product", "mad", "entropy", "histogram", "fsum", "favg", "count_star"),
        *("date_part", "datepart", "date_sub", "datesub", "weekday", "isoyear", "yearweek", "try_strptime", "age"),
        *("to_weeks", "to_months", "to_years", "to_hours", "to_minutes", "to_seconds", "century", "decade"),
        *("isfinite", "fmod", "gcd", "lcm", "even", "round_even"),
        *("strlen", "prefix", "suffix", "strip_accents", "nfc_normalize"),
        *("list_sum", "list_avg", "list_min", "list_count", "list_position", "list_slice", "list_extract"),
    }
)

TYPES: Final = frozenset(
    {
        *(exp.DType.BOOLEAN, exp.DType.TINYINT, exp.DType.SMALLINT, exp.DType.INT, exp.DType.BIGINT),
        *(exp.DType.UTINYINT, exp.DType.USMALLINT, exp.DType.UINT, exp.DType.UBIGINT, exp.DType.INT128),
        *(exp.DType.DECIMAL, exp.DType.FLOAT, exp.DType.DOUBLE, exp.DType.VARCHAR, exp.DType.TEXT, exp.DType.CHAR),
        *(exp.DType.DATE, exp.DType.TIME, exp.DType.TIMESTAMP, exp.DType.TIMESTAMPNTZ, exp.DType.INTERVAL),
    }
)

# Words that the engine reads as calls where no column has their name: who asks, where, and when.
BARE_CALLS: Final = frozenset(
    {
        *("current_date", "current_time", "current_timestamp", "localtime", "localtimestamp"),
        *("current_user", "session_user", "user", "current_role", "current_catalog", "current_schema"),
    }
)
