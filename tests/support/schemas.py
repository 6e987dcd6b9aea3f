"""What a database's tables are, told in lines that can be compared.

Alembic's own comparison is not enough: it does not look at check constraints, at the WHERE of an index, at the names of
unnamed constraints, or at comments and storage options of tables.
"""

from collections.abc import Mapping

import asyncpg

_LINES = """
WITH ours AS (
    SELECT c.oid, c.relname AS name, c.relkind, c.reloptions
    FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname <> 'alembic_version'
)
SELECT format('table %s, storage %s: %s', name, reloptions, obj_description(oid, 'pg_class'))
FROM ours WHERE relkind IN ('r', 'p')
UNION ALL
SELECT concat_ws(
    ' ', 'column', name || '.' || a.attname, format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attnotnull THEN 'not null' END,
    CASE a.attidentity WHEN 'a' THEN 'identity always' WHEN 'd' THEN 'identity by default' END,
    CASE a.attgenerated WHEN '' THEN 'default ' ELSE 'generated ' END || pg_get_expr(d.adbin, d.adrelid),
    'comment ' || col_description(ours.oid, a.attnum)
)
FROM ours JOIN pg_attribute a ON a.attrelid = ours.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = ours.oid AND d.adnum = a.attnum
WHERE relkind IN ('r', 'p')
UNION ALL
SELECT concat_ws(' ', 'constraint', name || '.' || k.conname, pg_get_constraintdef(k.oid))
FROM ours JOIN pg_constraint k ON k.conrelid = ours.oid
WHERE k.contype <> 'n'  -- NOT NULL stands with its column
UNION ALL
SELECT concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid), CASE WHEN NOT i.indisvalid THEN 'INVALID' END)
FROM ours JOIN pg_index i ON i.indrelid = ours.oid
UNION ALL
SELECT format('sequence %s from %s by %s', name, s.seqstart, s.seqincrement)
FROM ours JOIN pg_sequence s ON s.seqrelid = ours.oid
"""


async def schema(database_url: str) -> set[str]:
    """Every table, column, constraint, index and sequence of a database, a line each, without Alembic's own table.

    The order of columns is left out: a column that a migration adds comes last. Triggers, functions, views and
    policies are left out too: they are written in migrations alone, so nothing can differ from them.
    """
    connection = await asyncpg.connect(database_url)
    try:
        return {line for (line,) in await connection.fetch(_LINES)}
    finally:
        await connection.close()


def differences(sides: Mapping[str, set[str]]) -> list[str]:
    """The lines of `schema` that only one of two databases has, each after what is called so; empty when none does."""
    (one, of_one), (other, of_other) = sides.items()
    found = {one: of_one - of_other, other: of_other - of_one}
    return [f"only {side}: {line}" for side, lines in found.items() for line in sorted(lines)]
