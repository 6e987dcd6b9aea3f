"""Row-level security: a connection sees what its settings say, and by itself nothing; views that customers' pages ask.

`ebok.scope` is "all" for projections, clerks and operators. `act_for` gives a customer's connection the parties that it
sees wholly and the premises of others. Every table's owner is bound too (FORCE), since each service owns its database.

A connection that never set `ebok.scope` gets an error, not an empty answer: a gateway of the release before knows of no
scope, and fails on this database rather than tell its customers that they have no bills. So stop it, migrate, start the
new one.
"""

from alembic import op

revision = "0004"
down_revision = "0003"

# Sub-selects, so that a setting is read once for a query, not once for a row. With the schema, because functions hold
# them as text and `pg_dump` empties the search path.
WHOLE = "(SELECT public.own_parties())::uuid[]"
SOME = "(SELECT public.own_premises())::text[]"
REACHED = "(SELECT public.reached_parties())::uuid[]"
OF_OWN_PREMISES = f"party_id = ANY ({WHOLE}) OR party_id || ' ' || service_point = ANY ({SOME})"

OWN = {
    "party": f"party_id = ANY ({REACHED})",
    "agreement": OF_OWN_PREMISES,
    "balance": f"party_id = ANY ({WHOLE})",
    "invoice": OF_OWN_PREMISES,
    "meter": "(service_point, medium) IN (SELECT service_point, medium FROM held())",
    "reading": """EXISTS (
        SELECT FROM held_meters() m
        WHERE m.meter_id = reading.meter_id AND reading.read_on >= m.billed_from AND reading.read_on <= m.until
    )""",
    "mail": "EXISTS (SELECT FROM invoice i WHERE i.invoice_id = mail.about_id)",
    "application": "application_id = (SELECT own_application())",
}
"""Which rows are a customer's own, table by table."""

OFFICE_ONLY = ("last_login", "audit")


def upgrade() -> None:
    _settings()
    _held()
    for table, rule in OWN.items():
        _protect(table)
        op.execute(f"CREATE POLICY own ON {table} FOR SELECT USING ({rule})")
    for table in OFFICE_ONLY:
        _protect(table)
    _views()
    op.drop_index("invoice_unpaid", "invoice")


def _protect(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY everything ON {table} USING ((SELECT sees_everything()))")


def _settings() -> None:
    for name, kind, value in (
        ("sees_everything", "boolean", "current_setting('ebok.scope') = 'all'"),
        ("own_parties", "uuid[]", "nullif(current_setting('ebok.parties', true), '')::uuid[]"),
        ("own_premises", "text[]", "nullif(current_setting('ebok.premises', true), '')::text[]"),
        ("reached_parties", "uuid[]", "nullif(current_setting('ebok.reached', true), '')::uuid[]"),
        ("own_application", "uuid", "nullif(current_setting('ebok.application', true), '')::uuid"),
    ):
        op.execute(f"CREATE FUNCTION {name}() RETURNS {kind} STABLE PARALLEL SAFE RETURN {value}")
    op.execute("""
        CREATE FUNCTION act_for(parties uuid[], premises text[]) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE
            reached uuid[] := parties;
            said text;
        BEGIN
            IF cardinality(premises) > 0 THEN
                reached := parties || ARRAY(SELECT DISTINCT split_part(one, ' ', 1)::uuid FROM unnest(premises) one);
            END IF;
            -- Assignments, as PERFORM would run a query for each.
            said := set_config('ebok.parties', parties::text, false);
            said := set_config('ebok.premises', premises::text, false);
            said := set_config('ebok.reached', reached::text, false);
        END $$
    """)
    op.execute("""
        COMMENT ON FUNCTION act_for IS 'From now on the connection sees what is of these parties, and of these premises
        ("party_id service_point") of other parties what is not about money owed.'
    """)


def _held() -> None:
    # Where an agreement ends is said by the next one at its service point, which may be somebody else's: so `held`
    # looks at all agreements, and tells only of the customer's own. A SET clause of its own would need a superuser.
    op.execute(f"""
        CREATE FUNCTION held() RETURNS TABLE (
            party_id uuid, service_point text, medium text, billed_from date, until date, e_invoice boolean
        ) LANGUAGE plpgsql STABLE ROWS 3 AS $$
        #variable_conflict use_column
        DECLARE
            before text := current_setting('ebok.scope');
        BEGIN
            PERFORM set_config('ebok.scope', 'all', true);
            RETURN QUERY
            SELECT party_id, service_point, medium, billed_from,
                   coalesce((SELECT min(later.billed_from) FROM public.agreement later
                             WHERE later.service_point = a.service_point AND later.medium = a.medium
                                   AND later.billed_from > a.billed_from), 'infinity'),
                   e_invoice
            FROM public.agreement a
            WHERE party_id = ANY ({REACHED}) AND ({OF_OWN_PREMISES});
            PERFORM set_config('ebok.scope', before, true);
        END $$
    """)  # noqa: S608 (constants)
    op.execute("""
        COMMENT ON FUNCTION held IS 'The customer''s agreements of now and before, each until the day of the next one.'
    """)
    op.execute("""
        CREATE FUNCTION held_meters() RETURNS TABLE (
            meter_id uuid, party_id uuid, billed_from date, until date, e_invoice boolean
        ) LANGUAGE plpgsql STABLE ROWS 3 AS $$
        #variable_conflict use_column
        BEGIN
            RETURN QUERY
            SELECT meter_id, party_id, billed_from, until, e_invoice
            FROM public.held() JOIN public.meter USING (service_point, medium);
        END $$
    """)
    op.execute("""
        COMMENT ON FUNCTION held_meters IS 'The meters at the service points of these agreements. The reading of the day
        on which the next agreement begins closes the one and opens the other, so it is of both.'
    """)


def _views() -> None:
    op.execute(f"""
        CREATE VIEW own_invoice WITH (security_invoker = true) AS
        SELECT invoice_id, party_id, number, kind, agreement_number, service_point, reading_id, issued_on, due_on,
               period_from, period_to, description, items, net, vat, gross,
               CASE WHEN party_id = ANY ({WHOLE}) THEN coalesce(paid, 0) END AS paid,
               CASE WHEN party_id = ANY ({WHOLE}) THEN coalesce(left_to_pay, gross) END AS left_to_pay,
               CASE WHEN party_id = ANY ({WHOLE}) THEN coalesce(interest, 0) END AS interest,
               document_key
        FROM invoice
        WHERE party_id = ANY ({REACHED}) AND number IS NOT NULL
    """)  # noqa: S608 (constants)
    op.execute("""
        COMMENT ON VIEW own_invoice IS 'Issued invoices of the customer; what is paid and owed only of parties that the
        customer sees wholly (M12).'
    """)
    op.execute("""
        CREATE VIEW own_reading WITH (security_invoker = true) AS
        SELECT reading_id, meter_id, value, read_on, source,
               CASE WHEN own.use THEN previous_value END AS previous_value,
               CASE WHEN own.use THEN previous_read_on END AS previous_read_on
        FROM reading CROSS JOIN LATERAL (
            SELECT bool_or(reading.previous_read_on >= billed_from) AS use
            FROM held_meters() m
            WHERE m.meter_id = reading.meter_id AND reading.read_on >= billed_from AND reading.read_on <= until
        ) own
    """)
    op.execute("""
        COMMENT ON VIEW own_reading IS 'Readings of the customer''s time. The use before an agreement''s first day is
        the earlier party''s affair, though the register of that day is shown.'
    """)
