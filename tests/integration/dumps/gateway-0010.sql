CREATE FUNCTION public.act_for(parties uuid[], premises text[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
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
        END $$;
COMMENT ON FUNCTION public.act_for(parties uuid[], premises text[]) IS 'From now on the connection sees what is of these parties, and of these premises
        ("party_id service_point") of other parties what is not about money owed.';
CREATE FUNCTION public.held() RETURNS TABLE(party_id uuid, service_point text, medium text, billed_from date, until date, e_invoice boolean)
    LANGUAGE plpgsql STABLE ROWS 3
    AS $$
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
            WHERE party_id = ANY ((SELECT public.reached_parties())::uuid[]) AND (party_id = ANY ((SELECT public.own_parties())::uuid[]) OR party_id || ' ' || service_point = ANY ((SELECT public.own_premises())::text[]));
            PERFORM set_config('ebok.scope', before, true);
        END $$;
COMMENT ON FUNCTION public.held() IS 'The customer''s agreements of now and before, each until the day of the next one.';
CREATE FUNCTION public.held_meters() RETURNS TABLE(meter_id uuid, party_id uuid, billed_from date, until date, e_invoice boolean)
    LANGUAGE plpgsql STABLE ROWS 3
    AS $$
        #variable_conflict use_column
        BEGIN
            RETURN QUERY
            SELECT meter_id, party_id, billed_from, until, e_invoice
            FROM public.held() JOIN public.meter USING (service_point, medium);
        END $$;
COMMENT ON FUNCTION public.held_meters() IS 'The meters at the service points of these agreements. The reading of the day
        on which the next agreement begins closes the one and opens the other, so it is of both.';
CREATE FUNCTION public.own_application() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('ebok.application'::text, true), ''::text))::uuid;
CREATE FUNCTION public.own_parties() RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('ebok.parties'::text, true), ''::text))::uuid[];
CREATE FUNCTION public.own_premises() RETURNS text[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('ebok.premises'::text, true), ''::text))::text[];
CREATE FUNCTION public.reached_parties() RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('ebok.reached'::text, true), ''::text))::uuid[];
CREATE FUNCTION public.sees_everything() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (current_setting('ebok.scope'::text) = 'all'::text);
CREATE TABLE public.agreement (
    agreement_id uuid NOT NULL,
    party_id uuid NOT NULL,
    number text NOT NULL,
    medium text NOT NULL,
    service_point text NOT NULL,
    billed_from date NOT NULL,
    e_invoice boolean NOT NULL,
    version integer NOT NULL
);
ALTER TABLE ONLY public.agreement FORCE ROW LEVEL SECURITY;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.answer (
    key text NOT NULL,
    reply jsonb,
    answered_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE public.answer IS 'Replies to requests that carried an idempotency key: the same form sent twice gets the same reply.';
CREATE TABLE public.application (
    application_id uuid NOT NULL,
    number text,
    name text,
    email text,
    agreement_number text,
    received_at timestamp with time zone,
    party_id uuid,
    checks jsonb,
    version integer,
    decision text,
    reason text,
    clerk text,
    decided_at timestamp with time zone,
    decision_version integer
);
ALTER TABLE ONLY public.application FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.application IS 'Shown once it is received (`number` is there); the decision may come before.';
CREATE TABLE public.audit (
    entry_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    clerk_id uuid NOT NULL,
    action text NOT NULL,
    about_id uuid,
    correlation_id text NOT NULL
);
ALTER TABLE ONLY public.audit FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.audit IS 'Every look of a clerk at a customer''s data and every decision.';
ALTER TABLE public.audit ALTER COLUMN entry_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.balance (
    party_id uuid NOT NULL,
    balance numeric(14,2) NOT NULL,
    posted_on date NOT NULL,
    version integer NOT NULL
);
ALTER TABLE ONLY public.balance FORCE ROW LEVEL SECURITY;
CREATE TABLE public.failed_document (
    invoice_id uuid NOT NULL,
    number text,
    reason text,
    failed_at timestamp with time zone,
    version integer,
    retried_at timestamp with time zone,
    retried_version integer,
    party_id uuid
);
ALTER TABLE ONLY public.failed_document FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.failed_document IS 'Invoices without a PDF; shown as long as the newest version is a failure.';
CREATE TABLE public.failed_mail (
    mail_id uuid NOT NULL,
    kind text,
    name text,
    recipient text,
    reason text,
    failed_at timestamp with time zone,
    version integer,
    retried_at timestamp with time zone,
    retried_version integer,
    dropped_at timestamp with time zone,
    dropped_version integer,
    party_id uuid
);
ALTER TABLE ONLY public.failed_mail FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.failed_mail IS 'Shown as long as its newest version is a failure.';
CREATE TABLE public.inbox (
    message_id uuid NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE public.inbox IS 'Messages whose effect is stored: a second delivery changes nothing.';
CREATE TABLE public.invoice (
    invoice_id uuid NOT NULL,
    party_id uuid NOT NULL,
    number text,
    kind text,
    agreement_number text,
    service_point text,
    reading_id uuid,
    issued_on date,
    due_on date,
    period_from date,
    period_to date,
    description text,
    items jsonb,
    net numeric(14,2),
    vat numeric(14,2),
    gross numeric(14,2),
    version integer,
    paid numeric(14,2),
    left_to_pay numeric(14,2),
    interest numeric(14,2),
    as_of date,
    balance_version integer,
    document_key text,
    document_size integer,
    document_version integer
);
ALTER TABLE ONLY public.invoice FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.invoice IS 'Shown once it is issued (`number` is there); its balance and its document may come before.';
CREATE TABLE public.last_login (
    account_id uuid NOT NULL,
    audience text NOT NULL,
    logged_in_at timestamp with time zone NOT NULL,
    version integer NOT NULL
);
ALTER TABLE ONLY public.last_login FORCE ROW LEVEL SECURITY;
CREATE TABLE public.mail (
    mail_id uuid NOT NULL,
    about_id uuid NOT NULL,
    kind text NOT NULL,
    recipient text NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    version integer NOT NULL
);
ALTER TABLE ONLY public.mail FORCE ROW LEVEL SECURITY;
CREATE TABLE public.meter (
    meter_id uuid NOT NULL,
    number text NOT NULL,
    service_point text NOT NULL,
    medium text NOT NULL,
    unit text NOT NULL,
    street text NOT NULL,
    city text NOT NULL,
    version integer NOT NULL
);
ALTER TABLE ONLY public.meter FORCE ROW LEVEL SECURITY;
CREATE TABLE public.outbox (
    "position" bigint NOT NULL,
    message_type text NOT NULL,
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    written_at timestamp with time zone DEFAULT now() NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='2000');
COMMENT ON TABLE public.outbox IS 'Events that are true but not yet published; the relay deletes what the broker confirmed.';
ALTER TABLE public.outbox ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.outbox_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE VIEW public.own_invoice WITH (security_invoker='true') AS
 SELECT invoice_id,
    party_id,
    number,
    kind,
    agreement_number,
    service_point,
    reading_id,
    issued_on,
    due_on,
    period_from,
    period_to,
    description,
    items,
    net,
    vat,
    gross,
        CASE
            WHEN (party_id = ANY (( SELECT public.own_parties() AS own_parties)::uuid[])) THEN COALESCE(paid, (0)::numeric)
            ELSE NULL::numeric
        END AS paid,
        CASE
            WHEN (party_id = ANY (( SELECT public.own_parties() AS own_parties)::uuid[])) THEN COALESCE(left_to_pay, gross)
            ELSE NULL::numeric
        END AS left_to_pay,
        CASE
            WHEN (party_id = ANY (( SELECT public.own_parties() AS own_parties)::uuid[])) THEN COALESCE(interest, (0)::numeric)
            ELSE NULL::numeric
        END AS interest,
    document_key
   FROM public.invoice
  WHERE ((party_id = ANY (( SELECT public.reached_parties() AS reached_parties)::uuid[])) AND (number IS NOT NULL));
COMMENT ON VIEW public.own_invoice IS 'Issued invoices of the customer; what is paid and owed only of parties that the
        customer sees wholly (M12).';
CREATE TABLE public.reading (
    reading_id uuid NOT NULL,
    meter_id uuid NOT NULL,
    value numeric(14,3) NOT NULL,
    read_on date NOT NULL,
    source text NOT NULL,
    previous_value numeric(14,3),
    previous_read_on date,
    version integer NOT NULL
);
ALTER TABLE ONLY public.reading FORCE ROW LEVEL SECURITY;
CREATE VIEW public.own_reading WITH (security_invoker='true') AS
 SELECT reading.reading_id,
    reading.meter_id,
    reading.value,
    reading.read_on,
    reading.source,
        CASE
            WHEN own.use THEN reading.previous_value
            ELSE NULL::numeric
        END AS previous_value,
        CASE
            WHEN own.use THEN reading.previous_read_on
            ELSE NULL::date
        END AS previous_read_on
   FROM (public.reading
     CROSS JOIN LATERAL ( SELECT bool_or((reading.previous_read_on >= m.billed_from)) AS use
           FROM public.held_meters() m(meter_id, party_id, billed_from, until, e_invoice)
          WHERE ((m.meter_id = reading.meter_id) AND (reading.read_on >= m.billed_from) AND (reading.read_on <= m.until))) own);
COMMENT ON VIEW public.own_reading IS 'Readings of the customer''s time. The use before an agreement''s first day is
        the earlier party''s affair, though the register of that day is shown.';
CREATE TABLE public.party (
    party_id uuid NOT NULL,
    code text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    nip text,
    street text NOT NULL,
    postal_code text NOT NULL,
    city text NOT NULL,
    version integer NOT NULL
);
ALTER TABLE ONLY public.party FORCE ROW LEVEL SECURITY;
CREATE TABLE public.password_change (
    account_id uuid NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    version integer NOT NULL
);
COMMENT ON TABLE public.password_change IS 'When each account''s password was changed last; a session that began before is over.';
CREATE TABLE public.progress (
    source text NOT NULL,
    last_event_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.progress IS 'Up to when each service''s events are in the read model: the age of a page''s data (K17).';
CREATE TABLE public.session (
    token_hash bytea NOT NULL,
    account_id uuid NOT NULL,
    audience text NOT NULL,
    party_id uuid,
    identifier text NOT NULL,
    name text NOT NULL,
    roles text[] NOT NULL,
    must_change_password boolean NOT NULL,
    started_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.session IS 'Who is logged in; the cookie''s token itself is never stored.';
CREATE TABLE public.used_check (
    signature text NOT NULL,
    form_hash bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.used_check IS 'Human checks that were used, each with the form that used it, until they expire.';
INSERT INTO public.agreement VALUES ('3e070d8c-4026-54fe-8b5b-5c1cbfbb195c', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'UC/2019/0002', 'heat', 'PC-100002', '2026-08-31', true, 1);
INSERT INTO public.agreement VALUES ('d3bc5cb9-dc09-535a-9d4d-9aaac22b435d', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'UW/2019/0001', 'water', 'PW-100001', '2026-08-31', true, 1);
INSERT INTO public.agreement VALUES ('f36fe4e6-0b10-5690-8492-1118c214e172', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'UC/2019/0001', 'heat', 'PC-100001', '2026-08-31', true, 1);
INSERT INTO public.agreement VALUES ('70e7bf79-41a2-5aa9-bf2c-f6c10409f1ed', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'UW/2019/0003', 'water', 'PW-100003', '2026-08-31', true, 1);
INSERT INTO public.agreement VALUES ('a18efe1e-a41c-5153-acd8-bdc97dc677a4', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'UC/2019/0003', 'heat', 'PC-100003', '2026-08-31', true, 1);
INSERT INTO public.agreement VALUES ('e0a1711e-ce4e-5c11-aea2-af8ca8c027a9', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'UW/2019/0002', 'water', 'PW-100002', '2026-08-31', true, 1);
INSERT INTO public.alembic_version VALUES ('0010');
INSERT INTO public.application VALUES ('01a21f54-5adf-70f8-b57c-1a56fa828bc9', 'REJ/2026/000001', 'Anna Żółć', 'anna@poczta.example', 'UC/2019/0001', '2026-11-27 23:25:51.702508+00', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', '[{"field": "name", "given": "Anna Żółć", "matches": true, "expected": "Anna Żółć"}, {"field": "tax_id", "given": "93111698132", "matches": true, "expected": "93111698132"}, {"field": "invoice_number", "given": "FV/2026/11/000001", "matches": true, "expected": "FV/2026/11/000001"}, {"field": "agreement_number", "given": "UC/2019/0001", "matches": true, "expected": "UC/2019/0001"}, {"field": "email", "given": "anna@poczta.example", "matches": true, "expected": "anna@poczta.example"}]', 1, 'accepted', '', 'Maria Urzędnik', '2026-11-27 23:25:52.154464+00', 2);
INSERT INTO public.application VALUES ('01a21f54-5d10-7ba7-9c7b-a79ba57c9475', 'REJ/2026/000002', 'Anna Żółć', 'anna.druga@poczta.example', 'UC/2019/0001', '2026-11-27 23:25:52.265799+00', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', '[{"field": "name", "given": "Anna Żółć", "matches": true, "expected": "Anna Żółć"}, {"field": "tax_id", "given": "93111698132", "matches": true, "expected": "93111698132"}, {"field": "invoice_number", "given": "FV/2026/11/000001", "matches": true, "expected": "FV/2026/11/000001"}, {"field": "agreement_number", "given": "UC/2019/0001", "matches": true, "expected": "UC/2019/0001"}, {"field": "email", "given": "anna.druga@poczta.example", "matches": false, "expected": "anna@poczta.example"}, {"field": "account", "given": "nowe konto", "matches": false, "expected": "jest już konto 100001"}]', 1, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.audit OVERRIDING SYSTEM VALUE VALUES (1, '2026-11-27 23:25:52.090797+00', '01a21f54-5941-75aa-9f7d-c64a3a1eec4b', 'applications.listed', NULL, '01a21f54-5c5a-72c5-80bd-5b4823ceb1bf');
INSERT INTO public.audit OVERRIDING SYSTEM VALUE VALUES (2, '2026-11-27 23:25:52.112766+00', '01a21f54-5941-75aa-9f7d-c64a3a1eec4b', 'applications.listed', NULL, '01a21f54-5c70-7004-bc4d-239347433720');
INSERT INTO public.audit OVERRIDING SYSTEM VALUE VALUES (3, '2026-11-27 23:25:52.131418+00', '01a21f54-5941-75aa-9f7d-c64a3a1eec4b', 'application.viewed', '01a21f54-5adf-70f8-b57c-1a56fa828bc9', '01a21f54-5c83-7d92-bd54-01f1e530eb49');
INSERT INTO public.audit OVERRIDING SYSTEM VALUE VALUES (4, '2026-11-27 23:25:52.150115+00', '01a21f54-5941-75aa-9f7d-c64a3a1eec4b', 'application.accept', '01a21f54-5adf-70f8-b57c-1a56fa828bc9', '01a21f54-5c96-7dd1-b435-8b7edd12c497');
INSERT INTO public.audit OVERRIDING SYSTEM VALUE VALUES (5, '2026-11-27 23:25:52.228135+00', '01a21f54-5941-75aa-9f7d-c64a3a1eec4b', 'applications.listed', NULL, '01a21f54-5ce4-7936-83e6-deae9023acf7');
INSERT INTO public.balance VALUES ('7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 21748.29, '2026-11-28', 5);
INSERT INTO public.balance VALUES ('ad9d9837-e3c2-531b-b8b3-40c383995f08', 41967.84, '2026-11-28', 6);
INSERT INTO public.balance VALUES ('45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 41867.84, '2026-11-28', 7);
INSERT INTO public.failed_document VALUES ('01a21f54-6473-7a10-94bc-8cadcaa25a91', 'FV/2026/11/000010', 'szablon faktury pyta o pole sum_in_words, którego faktura nie ma', '2026-11-27 23:25:54.221856+00', 1, NULL, NULL, 'ad9d9837-e3c2-531b-b8b3-40c383995f08');
INSERT INTO public.failed_mail VALUES ('01a21f54-62b6-7c52-bb97-1ab738a1dc56', 'new_bill', 'Anna Żółć', 'anna@poczta.example', '550 5.1.1 no such mailbox', '2026-11-27 23:25:53.973886+00', 1, NULL, NULL, NULL, NULL, 'ad9d9837-e3c2-531b-b8b3-40c383995f08');
INSERT INTO public.invoice VALUES ('01a21f54-568d-7340-989b-3053fff32151', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'FV/2026/10/000001', 'invoice', 'UC/2019/0001', 'PC-100001', '269d9a27-588e-5840-b350-1b26947c89d3', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Ciepło, 01.09.2026 – 30.09.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, 1, 0.00, 10728.75, 119.63, '2026-11-28', 1, 'invoices/2026/10/01a21f54-568d-7340-989b-3053fff32151.pdf', 50816, 1);
INSERT INTO public.invoice VALUES ('01a21f54-56b1-7b21-b0ff-616c8d02ef78', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'FV/2026/10/000003', 'invoice', 'UW/2019/0001', 'PW-100001', '67d60722-53a3-5724-86a6-9594ff16095a', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Woda i ścieki, 01.09.2026 – 30.09.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, 1, 0.00, 93.18, 1.04, '2026-11-28', 1, 'invoices/2026/10/01a21f54-56b1-7b21-b0ff-616c8d02ef78.pdf', 48366, 1);
INSERT INTO public.invoice VALUES ('01a21f54-569f-7f84-a200-5f8864a742e1', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'FV/2026/10/000002', 'invoice', 'UC/2019/0002', 'PC-100002', 'f55c58a9-34db-5476-b346-e876a8c98870', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Ciepło, 01.09.2026 – 30.09.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, 1, 100.00, 10628.75, 119.63, '2026-11-28', 2, 'invoices/2026/10/01a21f54-569f-7f84-a200-5f8864a742e1.pdf', 50790, 1);
INSERT INTO public.invoice VALUES ('01a21f54-56c3-72a5-a1d1-2395cbc8c3bc', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'FV/2026/10/000004', 'invoice', 'UC/2019/0003', 'PC-100003', '6a9fd5f9-9a4e-58ec-81cd-eea4dc152457', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Ciepło, 01.09.2026 – 30.09.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, 1, 0.00, 10728.75, 119.63, '2026-11-28', 1, 'invoices/2026/10/01a21f54-56c3-72a5-a1d1-2395cbc8c3bc.pdf', 51070, 1);
INSERT INTO public.invoice VALUES ('01a21f54-56e4-70d8-b83e-d533b970451d', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'FV/2026/11/000002', 'invoice', 'UW/2019/0001', 'PW-100001', '37570613-2e2c-5aa9-9e45-239ed6fbe6cc', '2026-11-28', '2026-12-12', '2026-10-01', '2026-10-31', 'Woda i ścieki, 01.10.2026 – 31.10.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, 1, 0.00, 93.18, 0.00, '2026-11-28', 1, 'invoices/2026/11/01a21f54-56e4-70d8-b83e-d533b970451d.pdf', 48241, 1);
INSERT INTO public.invoice VALUES ('01a21f54-56ed-75ef-b487-fd3e695a6fa0', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'FV/2026/10/000006', 'invoice', 'UW/2019/0003', 'PW-100003', '367227d9-28ad-58f4-9fe2-30a3f645621c', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Woda i ścieki, 01.09.2026 – 30.09.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, 1, 0.00, 93.18, 1.04, '2026-11-28', 1, 'invoices/2026/10/01a21f54-56ed-75ef-b487-fd3e695a6fa0.pdf', 48378, 1);
INSERT INTO public.invoice VALUES ('01a21f54-56f3-739a-9ffc-a94771542184', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'FV/2026/11/000003', 'invoice', 'UC/2019/0002', 'PC-100002', 'b29b80d5-26cf-5ce2-a590-06c54435a20a', '2026-11-28', '2026-12-12', '2026-10-01', '2026-10-31', 'Ciepło, 01.10.2026 – 31.10.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, 1, 0.00, 10728.75, 0.00, '2026-11-28', 1, 'invoices/2026/11/01a21f54-56f3-739a-9ffc-a94771542184.pdf', 50907, 1);
INSERT INTO public.invoice VALUES ('01a21f54-6262-7627-987a-5fee16f6a9dd', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'FV/2026/11/000009', 'invoice', 'UC/2019/0001', 'PC-100001', 'd318cbc2-728d-5a3c-a490-2beef2165380', '2026-11-28', '2026-12-12', '2026-11-01', '2026-11-28', 'Ciepło, 01.11.2026 – 28.11.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "11839.10", "vat": "2722.99", "name": "Ciepło", "unit": "GJ", "gross": "14562.09", "quantity": "130.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.98", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.26", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "2490.80", "vat": "572.88", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "3063.68", "quantity": "130.000", "vat_rate": "23", "unit_price": "19.16"}]', 16438.66, 3780.89, 20219.55, 1, 0.00, 20219.55, 0.00, '2026-11-28', 1, 'invoices/2026/11/01a21f54-6262-7627-987a-5fee16f6a9dd.pdf', 51032, 1);
INSERT INTO public.invoice VALUES ('01a21f54-5ef4-763f-a1de-6264cdfe6f80', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'FV/2026/11/000007', 'invoice', 'UW/2019/0002', 'PW-100002', '692b5490-f4a7-5ac4-80d8-7ff860998223', '2026-11-28', '2026-12-12', '2026-11-01', '2026-11-28', 'Woda i ścieki, 01.11.2026 – 28.11.2026', '[{"net": "22.23", "vat": "1.78", "name": "Woda", "unit": "m3", "gross": "24.01", "quantity": "9.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "71.46", "vat": "5.72", "name": "Ścieki", "unit": "m3", "gross": "77.18", "quantity": "9.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 96.69, 7.74, 104.43, 1, 0.00, 104.43, 0.00, '2026-11-28', 1, 'invoices/2026/11/01a21f54-5ef4-763f-a1de-6264cdfe6f80.pdf', 48295, 1);
INSERT INTO public.invoice VALUES ('01a21f54-56cb-7a9a-8c59-6495b0701ab0', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'FV/2026/11/000001', 'invoice', 'UC/2019/0001', 'PC-100001', '527827f8-cde9-567f-a085-f2bfa7cb4cb6', '2026-11-28', '2026-12-12', '2026-10-01', '2026-10-31', 'Ciepło, 01.10.2026 – 31.10.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, 1, 0.00, 10728.75, 0.00, '2026-11-28', 1, 'invoices/2026/11/01a21f54-56cb-7a9a-8c59-6495b0701ab0.pdf', 50808, 1);
INSERT INTO public.invoice VALUES ('01a21f54-56d6-75f2-b520-0f1b1a07dca5', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'FV/2026/10/000005', 'invoice', 'UW/2019/0002', 'PW-100002', 'eebe9f79-84f5-53f9-95d7-d8d0502af3a9', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Woda i ścieki, 01.09.2026 – 30.09.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, 1, 0.00, 93.18, 1.04, '2026-11-28', 1, 'invoices/2026/10/01a21f54-56d6-75f2-b520-0f1b1a07dca5.pdf', 48328, 1);
INSERT INTO public.invoice VALUES ('01a21f54-570f-744d-901d-ef28a600c7cb', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'FV/2026/11/000005', 'invoice', 'UC/2019/0003', 'PC-100003', '08773dc9-753c-5162-a6ba-e8897a4ef132', '2026-11-28', '2026-12-12', '2026-10-01', '2026-10-31', 'Ciepło, 01.10.2026 – 31.10.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, 1, 0.00, 10728.75, 0.00, '2026-11-28', 1, 'invoices/2026/11/01a21f54-570f-744d-901d-ef28a600c7cb.pdf', 50954, 1);
INSERT INTO public.invoice VALUES ('01a21f54-571b-7b21-823e-680aaaac5b87', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'FV/2026/11/000006', 'invoice', 'UW/2019/0003', 'PW-100003', 'dda20f37-9e20-5e4f-a076-69c3206ac597', '2026-11-28', '2026-12-12', '2026-10-01', '2026-10-31', 'Woda i ścieki, 01.10.2026 – 31.10.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, 1, 0.00, 93.18, 0.00, '2026-11-28', 1, 'invoices/2026/11/01a21f54-571b-7b21-823e-680aaaac5b87.pdf', 48259, 1);
INSERT INTO public.invoice VALUES ('01a21f54-6473-7a10-94bc-8cadcaa25a91', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'FV/2026/11/000010', 'invoice', 'UW/2019/0001', 'PW-100001', 'ed1022c5-5c7c-594d-8fbb-a91227cafdbc', '2026-11-28', '2026-12-12', '2026-11-01', '2026-11-28', 'Woda i ścieki, 01.11.2026 – 28.11.2026', '[{"net": "22.23", "vat": "1.78", "name": "Woda", "unit": "m3", "gross": "24.01", "quantity": "9.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "71.46", "vat": "5.72", "name": "Ścieki", "unit": "m3", "gross": "77.18", "quantity": "9.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 96.69, 7.74, 104.43, 1, 0.00, 104.43, 0.00, '2026-11-28', 1, NULL, NULL, NULL);
INSERT INTO public.invoice VALUES ('01a21f54-5705-74e6-bbb3-a7577baeda97', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'FV/2026/11/000004', 'invoice', 'UW/2019/0002', 'PW-100002', '81189ed8-4e26-56d3-9ddb-ab327e1510bf', '2026-11-28', '2026-12-12', '2026-10-01', '2026-10-31', 'Woda i ścieki, 01.10.2026 – 31.10.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, 1, 0.00, 93.18, 0.00, '2026-11-28', 1, 'invoices/2026/11/01a21f54-5705-74e6-bbb3-a7577baeda97.pdf', 48302, 1);
INSERT INTO public.invoice VALUES ('01a21f54-5fc3-715d-8ca0-db4fba4623f5', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'FV/2026/11/000008', 'invoice', 'UW/2019/0003', 'PW-100003', 'bc806ef9-57b8-5a0a-b74a-0df105e16300', '2026-11-28', '2026-12-12', '2026-11-01', '2026-11-28', 'Woda i ścieki, 01.11.2026 – 28.11.2026', '[{"net": "22.23", "vat": "1.78", "name": "Woda", "unit": "m3", "gross": "24.01", "quantity": "9.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "71.46", "vat": "5.72", "name": "Ścieki", "unit": "m3", "gross": "77.18", "quantity": "9.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 96.69, 7.74, 104.43, 1, 0.00, 104.43, 0.00, '2026-11-28', 1, 'invoices/2026/11/01a21f54-5fc3-715d-8ca0-db4fba4623f5.pdf', 48403, 1);
INSERT INTO public.invoice VALUES ('01a21f54-6562-7dcf-8049-d938e9aaae13', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'FV/2026/11/000011', 'invoice', 'UC/2019/0002', 'PC-100002', '3b33f30d-71bc-55bb-8908-25cb40f0d6f3', '2026-11-28', '2026-12-12', '2026-11-01', '2026-11-28', 'Ciepło, 01.11.2026 – 28.11.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "11839.10", "vat": "2722.99", "name": "Ciepło", "unit": "GJ", "gross": "14562.09", "quantity": "130.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.98", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.26", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "2490.80", "vat": "572.88", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "3063.68", "quantity": "130.000", "vat_rate": "23", "unit_price": "19.16"}]', 16438.66, 3780.89, 20219.55, 1, 0.00, 20219.55, 0.00, '2026-11-28', 1, NULL, NULL, NULL);
INSERT INTO public.last_login VALUES ('01a21f54-5941-75aa-9f7d-c64a3a1eec4b', 'office', '2026-11-27 23:25:51.931675+00', 2);
INSERT INTO public.last_login VALUES ('01a21f54-596d-790b-9667-fdee51330e4a', 'customer', '2026-11-27 23:25:52.618947+00', 2);
INSERT INTO public.mail VALUES ('01a21f54-5cd8-7827-8f6d-c911cf6e4ef4', '01a21f54-5ca3-76dd-bdf0-32d23840d15d', 'credentials', 'anna@poczta.example', '2026-11-27 23:25:52.420033+00', 1);
INSERT INTO public.mail VALUES ('01a21f54-6090-73a0-a192-d9afeb5b93dc', '01a21f54-5ef4-763f-a1de-6264cdfe6f80', 'new_bill', 'jan@poczta.example', '2026-11-27 23:25:53.456794+00', 1);
INSERT INTO public.meter VALUES ('25a0b966-d9c1-5977-b99a-dbe7438d794d', 'H-1', 'PC-100001', 'heat', 'GJ', 'Źródlana 3', 'Włocławek', 1);
INSERT INTO public.meter VALUES ('0bf2d514-abd6-5988-844a-90203f437ecc', 'H-2', 'PC-100002', 'heat', 'GJ', 'Źródlana 3', 'Włocławek', 1);
INSERT INTO public.meter VALUES ('2a2cf523-92fb-530c-8951-1058d36887ed', 'H-3', 'PC-100003', 'heat', 'GJ', 'Źródlana 3', 'Włocławek', 1);
INSERT INTO public.meter VALUES ('2a343cf7-df62-5358-a959-c85ea949e08e', 'W-2', 'PW-100002', 'water', 'm3', 'Źródlana 3', 'Włocławek', 1);
INSERT INTO public.meter VALUES ('65c5c2b0-2c8a-5a32-bad9-704affbbf5c7', 'W-3', 'PW-100003', 'water', 'm3', 'Źródlana 3', 'Włocławek', 1);
INSERT INTO public.meter VALUES ('f34246fa-c80a-55c0-bc82-b19b4a23e250', 'W-1', 'PW-100001', 'water', 'm3', 'Źródlana 3', 'Włocławek', 1);
INSERT INTO public.party VALUES ('45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', '100002', 'household', 'Jan Śliwa', NULL, 'Źródlana 3', '87-800', 'Włocławek', 1);
INSERT INTO public.party VALUES ('7c50bf7a-3fad-505e-a1b9-a1638a6525cd', '100003', 'household', 'Ewa Bąk', NULL, 'Źródlana 3', '87-800', 'Włocławek', 1);
INSERT INTO public.party VALUES ('ad9d9837-e3c2-531b-b8b3-40c383995f08', '100001', 'household', 'Anna Żółć', NULL, 'Źródlana 3', '87-800', 'Włocławek', 1);
INSERT INTO public.password_change VALUES ('01a21f54-596d-790b-9667-fdee51330e4a', '2026-11-27 23:25:52.789035+00', 3);
INSERT INTO public.progress VALUES ('identity', '2026-11-27 23:25:52.789035+00');
INSERT INTO public.progress VALUES ('correspondence', '2026-11-27 23:25:53.973886+00');
INSERT INTO public.progress VALUES ('metering', '2026-11-27 23:25:54.38852+00');
INSERT INTO public.progress VALUES ('billing', '2026-11-27 23:25:54.398668+00');
INSERT INTO public.reading VALUES ('32effc94-dd48-5e93-ad9a-799c15569a07', '25a0b966-d9c1-5977-b99a-dbe7438d794d', 1000.000, '2026-08-31', 'remote', NULL, NULL, 1);
INSERT INTO public.reading VALUES ('08773dc9-753c-5162-a6ba-e8897a4ef132', '2a2cf523-92fb-530c-8951-1058d36887ed', 1120.000, '2026-10-31', 'remote', 1060.000, '2026-09-30', 3);
INSERT INTO public.reading VALUES ('16a3ad1f-46b5-54cf-b3a0-a711b06d319e', '65c5c2b0-2c8a-5a32-bad9-704affbbf5c7', 200.000, '2026-08-31', 'actual', NULL, NULL, 1);
INSERT INTO public.reading VALUES ('17f8f831-1589-5ba1-8aac-147809ae4301', '2a2cf523-92fb-530c-8951-1058d36887ed', 1000.000, '2026-08-31', 'remote', NULL, NULL, 1);
INSERT INTO public.reading VALUES ('269d9a27-588e-5840-b350-1b26947c89d3', '25a0b966-d9c1-5977-b99a-dbe7438d794d', 1060.000, '2026-09-30', 'remote', 1000.000, '2026-08-31', 2);
INSERT INTO public.reading VALUES ('367227d9-28ad-58f4-9fe2-30a3f645621c', '65c5c2b0-2c8a-5a32-bad9-704affbbf5c7', 208.000, '2026-09-30', 'actual', 200.000, '2026-08-31', 2);
INSERT INTO public.reading VALUES ('3fde93e8-41c6-5fcc-a990-3e5bc75e1ffc', '0bf2d514-abd6-5988-844a-90203f437ecc', 1000.000, '2026-08-31', 'remote', NULL, NULL, 1);
INSERT INTO public.reading VALUES ('527827f8-cde9-567f-a085-f2bfa7cb4cb6', '25a0b966-d9c1-5977-b99a-dbe7438d794d', 1120.000, '2026-10-31', 'remote', 1060.000, '2026-09-30', 3);
INSERT INTO public.reading VALUES ('67d60722-53a3-5724-86a6-9594ff16095a', 'f34246fa-c80a-55c0-bc82-b19b4a23e250', 208.000, '2026-09-30', 'actual', 200.000, '2026-08-31', 2);
INSERT INTO public.reading VALUES ('6a9fd5f9-9a4e-58ec-81cd-eea4dc152457', '2a2cf523-92fb-530c-8951-1058d36887ed', 1060.000, '2026-09-30', 'remote', 1000.000, '2026-08-31', 2);
INSERT INTO public.reading VALUES ('9f50dc23-9b3e-55ef-bfd3-aa8b3fe2dd14', 'f34246fa-c80a-55c0-bc82-b19b4a23e250', 200.000, '2026-08-31', 'actual', NULL, NULL, 1);
INSERT INTO public.reading VALUES ('b29b80d5-26cf-5ce2-a590-06c54435a20a', '0bf2d514-abd6-5988-844a-90203f437ecc', 1120.000, '2026-10-31', 'remote', 1060.000, '2026-09-30', 3);
INSERT INTO public.reading VALUES ('bfce54ca-2d98-5ac2-b629-336dc24beef9', '2a343cf7-df62-5358-a959-c85ea949e08e', 200.000, '2026-08-31', 'actual', NULL, NULL, 1);
INSERT INTO public.reading VALUES ('eebe9f79-84f5-53f9-95d7-d8d0502af3a9', '2a343cf7-df62-5358-a959-c85ea949e08e', 208.000, '2026-09-30', 'actual', 200.000, '2026-08-31', 2);
INSERT INTO public.reading VALUES ('f55c58a9-34db-5476-b346-e876a8c98870', '0bf2d514-abd6-5988-844a-90203f437ecc', 1060.000, '2026-09-30', 'remote', 1000.000, '2026-08-31', 2);
INSERT INTO public.reading VALUES ('37570613-2e2c-5aa9-9e45-239ed6fbe6cc', 'f34246fa-c80a-55c0-bc82-b19b4a23e250', 216.000, '2026-10-31', 'actual', 208.000, '2026-09-30', 3);
INSERT INTO public.reading VALUES ('81189ed8-4e26-56d3-9ddb-ab327e1510bf', '2a343cf7-df62-5358-a959-c85ea949e08e', 216.000, '2026-10-31', 'actual', 208.000, '2026-09-30', 3);
INSERT INTO public.reading VALUES ('dda20f37-9e20-5e4f-a076-69c3206ac597', '65c5c2b0-2c8a-5a32-bad9-704affbbf5c7', 216.000, '2026-10-31', 'actual', 208.000, '2026-09-30', 3);
INSERT INTO public.reading VALUES ('692b5490-f4a7-5ac4-80d8-7ff860998223', '2a343cf7-df62-5358-a959-c85ea949e08e', 225.000, '2026-11-28', 'customer', 216.000, '2026-10-31', 4);
INSERT INTO public.reading VALUES ('bc806ef9-57b8-5a0a-b74a-0df105e16300', '65c5c2b0-2c8a-5a32-bad9-704affbbf5c7', 225.000, '2026-11-28', 'remote', 216.000, '2026-10-31', 4);
INSERT INTO public.reading VALUES ('d318cbc2-728d-5a3c-a490-2beef2165380', '25a0b966-d9c1-5977-b99a-dbe7438d794d', 1250.000, '2026-11-28', 'remote', 1120.000, '2026-10-31', 4);
INSERT INTO public.reading VALUES ('ed1022c5-5c7c-594d-8fbb-a91227cafdbc', 'f34246fa-c80a-55c0-bc82-b19b4a23e250', 225.000, '2026-11-28', 'remote', 216.000, '2026-10-31', 4);
INSERT INTO public.reading VALUES ('3b33f30d-71bc-55bb-8908-25cb40f0d6f3', '0bf2d514-abd6-5988-844a-90203f437ecc', 1250.000, '2026-11-28', 'remote', 1120.000, '2026-10-31', 4);
INSERT INTO public.session VALUES ('\x34a60920445621a00d9a7365feb1304477bcc249abfbe1588fcebc488e192439', '01a21f54-5941-75aa-9f7d-c64a3a1eec4b', 'office', NULL, 'maria', 'Maria Urzędnik', '{clerk}', false, '2026-11-27 23:25:51.931675+00', '2026-11-27 23:25:51.926863+00');
INSERT INTO public.session VALUES ('\x4e6e50591344db9606c60b61fa9b4d6a182e98ead4a98ad434e30e88dc22f6e5', '01a21f54-596d-790b-9667-fdee51330e4a', 'customer', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', '100002', 'Jan Śliwa', '{}', false, '2026-11-27 23:25:52.618947+00', '2026-11-27 23:25:52.615649+00');
INSERT INTO public.session VALUES ('\x1a9f0ba508c72b0226ac248831e4dbd6b86889cc72fe19559070dafa3618210b', '01a21f54-596d-790b-9667-fdee51330e4a', 'customer', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', '100002', 'Jan Śliwa', '{}', false, '2026-11-27 23:25:52.789035+00', '2026-11-27 23:25:52.784326+00');
INSERT INTO public.used_check VALUES ('2361667b4d42e96a3776aba269fa304652e78f37a278ae85e9c687f6064cfb83', '\xab5a5648513ece13819d62f46d9d798b09bdda2aa1ea9cbfcd0a19517cabbdb5', '2026-11-28 00:25:51.68278+00');
INSERT INTO public.used_check VALUES ('d67d2da24433ad85dbf97ce35e9852528df881206b5153e82528e02896b8dc64', '\x0e45e52e1f7c4628be7672286c8759a5673189f8ac57246e57fa17a4a9cd7bcb', '2026-11-28 00:25:52.262687+00');
SELECT pg_catalog.setval('public.audit_entry_id_seq', 5, true);
SELECT pg_catalog.setval('public.outbox_position_seq', 1, false);
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_pkey PRIMARY KEY (agreement_id);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_pkey PRIMARY KEY (application_id);
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (entry_id);
ALTER TABLE ONLY public.balance
    ADD CONSTRAINT balance_pkey PRIMARY KEY (party_id);
ALTER TABLE ONLY public.failed_document
    ADD CONSTRAINT failed_document_pkey PRIMARY KEY (invoice_id);
ALTER TABLE ONLY public.failed_mail
    ADD CONSTRAINT failed_mail_pkey PRIMARY KEY (mail_id);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (message_id);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_pkey PRIMARY KEY (invoice_id);
ALTER TABLE ONLY public.last_login
    ADD CONSTRAINT last_login_pkey PRIMARY KEY (account_id);
ALTER TABLE ONLY public.mail
    ADD CONSTRAINT mail_pkey PRIMARY KEY (mail_id);
ALTER TABLE ONLY public.meter
    ADD CONSTRAINT meter_pkey PRIMARY KEY (meter_id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY ("position");
ALTER TABLE ONLY public.party
    ADD CONSTRAINT party_pkey PRIMARY KEY (party_id);
ALTER TABLE ONLY public.password_change
    ADD CONSTRAINT password_change_pkey PRIMARY KEY (account_id);
ALTER TABLE ONLY public.progress
    ADD CONSTRAINT progress_pkey PRIMARY KEY (source);
ALTER TABLE ONLY public.reading
    ADD CONSTRAINT reading_pkey PRIMARY KEY (reading_id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.used_check
    ADD CONSTRAINT used_check_pkey PRIMARY KEY (signature);
CREATE INDEX agreement_party ON public.agreement USING btree (party_id);
CREATE INDEX agreement_succession ON public.agreement USING btree (service_point, medium, billed_from);
CREATE INDEX answer_answered_at ON public.answer USING btree (answered_at);
CREATE INDEX application_decided ON public.application USING btree (decision, received_at DESC) WHERE (decision IS NOT NULL);
CREATE INDEX application_decided_at ON public.application USING btree (decided_at);
CREATE INDEX application_waiting ON public.application USING btree (received_at) WHERE ((number IS NOT NULL) AND (decision IS NULL));
CREATE INDEX failed_document_open ON public.failed_document USING btree (failed_at) WHERE (version > COALESCE(retried_version, 0));
CREATE INDEX failed_mail_open ON public.failed_mail USING btree (failed_at) WHERE ((version > COALESCE(retried_version, 0)) AND (dropped_version IS NULL));
CREATE INDEX inbox_received_at ON public.inbox USING btree (received_at);
CREATE INDEX invoice_newest_of_party ON public.invoice USING btree (party_id, issued_on DESC, number DESC);
CREATE INDEX invoice_reading ON public.invoice USING btree (reading_id);
CREATE INDEX mail_about ON public.mail USING btree (about_id);
CREATE INDEX meter_number ON public.meter USING btree (number);
CREATE INDEX meter_service_point ON public.meter USING btree (service_point);
CREATE INDEX reading_newest_of_meter ON public.reading USING btree (meter_id, read_on DESC);
CREATE INDEX session_account ON public.session USING btree (account_id);
CREATE INDEX session_seen_at ON public.session USING btree (seen_at);
CREATE INDEX used_check_expires_at ON public.used_check USING btree (expires_at);
ALTER TABLE public.agreement ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.application ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.balance ENABLE ROW LEVEL SECURITY;
CREATE POLICY everything ON public.agreement USING (( SELECT public.sees_everything() AS sees_everything));
CREATE POLICY everything ON public.application USING (( SELECT public.sees_everything() AS sees_everything));
CREATE POLICY everything ON public.audit USING (( SELECT public.sees_everything() AS sees_everything));
CREATE POLICY everything ON public.balance USING (( SELECT public.sees_everything() AS sees_everything));
CREATE POLICY everything ON public.failed_document USING (( SELECT public.sees_everything() AS sees_everything));
CREATE POLICY everything ON public.failed_mail USING (( SELECT public.sees_everything() AS sees_everything));
CREATE POLICY everything ON public.invoice USING (( SELECT public.sees_everything() AS sees_everything));
CREATE POLICY everything ON public.last_login USING (( SELECT public.sees_everything() AS sees_everything));
CREATE POLICY everything ON public.mail USING (( SELECT public.sees_everything() AS sees_everything));
CREATE POLICY everything ON public.meter USING (( SELECT public.sees_everything() AS sees_everything));
CREATE POLICY everything ON public.party USING (( SELECT public.sees_everything() AS sees_everything));
CREATE POLICY everything ON public.reading USING (( SELECT public.sees_everything() AS sees_everything));
ALTER TABLE public.failed_document ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.failed_mail ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.invoice ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.last_login ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.mail ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.meter ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON public.agreement FOR SELECT USING (((party_id = ANY (( SELECT public.own_parties() AS own_parties)::uuid[])) OR (((party_id || ' '::text) || service_point) = ANY (( SELECT public.own_premises() AS own_premises)::text[]))));
CREATE POLICY own ON public.application FOR SELECT USING ((application_id = ( SELECT public.own_application() AS own_application)));
CREATE POLICY own ON public.balance FOR SELECT USING ((party_id = ANY (( SELECT public.own_parties() AS own_parties)::uuid[])));
CREATE POLICY own ON public.invoice FOR SELECT USING (((party_id = ANY (( SELECT public.own_parties() AS own_parties)::uuid[])) OR (((party_id || ' '::text) || service_point) = ANY (( SELECT public.own_premises() AS own_premises)::text[]))));
CREATE POLICY own ON public.mail FOR SELECT USING ((EXISTS ( SELECT
   FROM public.invoice i
  WHERE (i.invoice_id = mail.about_id))));
CREATE POLICY own ON public.meter FOR SELECT USING (((service_point, medium) IN ( SELECT held.service_point,
    held.medium
   FROM public.held() held(party_id, service_point, medium, billed_from, until, e_invoice))));
CREATE POLICY own ON public.party FOR SELECT USING ((party_id = ANY (( SELECT public.reached_parties() AS reached_parties)::uuid[])));
CREATE POLICY own ON public.reading FOR SELECT USING ((EXISTS ( SELECT
   FROM public.held_meters() m(meter_id, party_id, billed_from, until, e_invoice)
  WHERE ((m.meter_id = reading.meter_id) AND (reading.read_on >= m.billed_from) AND (reading.read_on <= m.until)))));
ALTER TABLE public.party ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.reading ENABLE ROW LEVEL SECURITY;
