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
    number text NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    agreement_number text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    party_id uuid,
    checks jsonb NOT NULL,
    version integer NOT NULL
);
CREATE TABLE public.application_decision (
    application_id uuid NOT NULL,
    decision text NOT NULL,
    reason text NOT NULL,
    clerk text NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    version integer NOT NULL
);
CREATE TABLE public.audit (
    entry_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    clerk_id uuid NOT NULL,
    action text NOT NULL,
    about_id uuid,
    correlation_id text NOT NULL
);
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
CREATE TABLE public.inbox (
    message_id uuid NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE public.inbox IS 'Messages whose effect is stored: a second delivery changes nothing.';
CREATE TABLE public.invoice (
    invoice_id uuid NOT NULL,
    party_id uuid NOT NULL,
    number text NOT NULL,
    kind text NOT NULL,
    agreement_number text NOT NULL,
    service_point text NOT NULL,
    reading_id uuid NOT NULL,
    issued_on date NOT NULL,
    due_on date NOT NULL,
    period_from date NOT NULL,
    period_to date NOT NULL,
    description text NOT NULL,
    items jsonb NOT NULL,
    net numeric(14,2) NOT NULL,
    vat numeric(14,2) NOT NULL,
    gross numeric(14,2) NOT NULL,
    version integer NOT NULL
);
CREATE TABLE public.invoice_balance (
    invoice_id uuid NOT NULL,
    party_id uuid NOT NULL,
    paid numeric(14,2) NOT NULL,
    left_to_pay numeric(14,2) NOT NULL,
    interest numeric(14,2) NOT NULL,
    as_of date NOT NULL,
    version integer NOT NULL
);
CREATE TABLE public.invoice_document (
    invoice_id uuid NOT NULL,
    party_id uuid NOT NULL,
    key text NOT NULL,
    size integer NOT NULL,
    version integer NOT NULL
);
CREATE TABLE public.last_login (
    account_id uuid NOT NULL,
    audience text NOT NULL,
    logged_in_at timestamp with time zone NOT NULL,
    version integer NOT NULL
);
CREATE TABLE public.mail (
    mail_id uuid NOT NULL,
    about_id uuid NOT NULL,
    kind text NOT NULL,
    recipient text NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    version integer NOT NULL
);
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
CREATE TABLE public.progress (
    source text NOT NULL,
    last_event_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.progress IS 'Up to when each service''s events are in the read model: the age of a page''s data (K17).';
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
INSERT INTO public.agreement VALUES ('f36fe4e6-0b10-5690-8492-1118c214e172', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'UC/2019/0001', 'heat', 'PC-100001', '2026-08-31', true, 1);
INSERT INTO public.agreement VALUES ('d3bc5cb9-dc09-535a-9d4d-9aaac22b435d', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'UW/2019/0001', 'water', 'PW-100001', '2026-08-31', true, 1);
INSERT INTO public.agreement VALUES ('3e070d8c-4026-54fe-8b5b-5c1cbfbb195c', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'UC/2019/0002', 'heat', 'PC-100002', '2026-08-31', true, 1);
INSERT INTO public.agreement VALUES ('e0a1711e-ce4e-5c11-aea2-af8ca8c027a9', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'UW/2019/0002', 'water', 'PW-100002', '2026-08-31', true, 1);
INSERT INTO public.agreement VALUES ('a18efe1e-a41c-5153-acd8-bdc97dc677a4', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'UC/2019/0003', 'heat', 'PC-100003', '2026-08-31', true, 1);
INSERT INTO public.agreement VALUES ('70e7bf79-41a2-5aa9-bf2c-f6c10409f1ed', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'UW/2019/0003', 'water', 'PW-100003', '2026-08-31', true, 1);
INSERT INTO public.alembic_version VALUES ('0001');
INSERT INTO public.application VALUES ('01a21582-b5f4-7379-9640-caf8ded7fc32', 'REJ/2026/000001', 'Anna Żółć', 'anna@poczta.example', 'UC/2019/0001', '2026-11-26 01:40:17.477827+00', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', '[{"field": "name", "given": "Anna Żółć", "matches": true, "expected": "Anna Żółć"}, {"field": "tax_id", "given": "93111698132", "matches": true, "expected": "93111698132"}, {"field": "invoice_number", "given": "FV/2026/11/000001", "matches": true, "expected": "FV/2026/11/000001"}, {"field": "agreement_number", "given": "UC/2019/0001", "matches": true, "expected": "UC/2019/0001"}, {"field": "email", "given": "anna@poczta.example", "matches": true, "expected": "anna@poczta.example"}]', 1);
INSERT INTO public.application VALUES ('01a21582-beca-79e5-9507-5dda6a2c850d', 'REJ/2026/000002', 'Anna Żółć', 'anna.druga@poczta.example', 'UC/2019/0001', '2026-11-26 01:40:19.704251+00', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', '[{"field": "name", "given": "Anna Żółć", "matches": true, "expected": "Anna Żółć"}, {"field": "tax_id", "given": "93111698132", "matches": true, "expected": "93111698132"}, {"field": "invoice_number", "given": "FV/2026/11/000001", "matches": true, "expected": "FV/2026/11/000001"}, {"field": "agreement_number", "given": "UC/2019/0001", "matches": true, "expected": "UC/2019/0001"}, {"field": "email", "given": "anna.druga@poczta.example", "matches": false, "expected": "anna@poczta.example"}, {"field": "account", "given": "nowe konto", "matches": false, "expected": "jest już konto 100001"}]', 1);
INSERT INTO public.application_decision VALUES ('01a21582-b5f4-7379-9640-caf8ded7fc32', 'accepted', '', 'Maria Urzędnik', '2026-11-26 01:40:18.951393+00', 2);
INSERT INTO public.audit OVERRIDING SYSTEM VALUE VALUES (1, '2026-11-26 01:40:18.554903+00', '01a21582-ad02-70bc-804e-712a6d7f3798', 'applications.listed', NULL, '01a21582-b9fa-73a2-a181-cbdbf1e56c58');
INSERT INTO public.audit OVERRIDING SYSTEM VALUE VALUES (2, '2026-11-26 01:40:18.607901+00', '01a21582-ad02-70bc-804e-712a6d7f3798', 'applications.listed', NULL, '01a21582-ba2f-722a-ba94-4602a67ebf55');
INSERT INTO public.audit OVERRIDING SYSTEM VALUE VALUES (3, '2026-11-26 01:40:18.746691+00', '01a21582-ad02-70bc-804e-712a6d7f3798', 'application.viewed', '01a21582-b5f4-7379-9640-caf8ded7fc32', '01a21582-baba-77bb-9cfc-5d192f684634');
INSERT INTO public.audit OVERRIDING SYSTEM VALUE VALUES (4, '2026-11-26 01:40:18.92721+00', '01a21582-ad02-70bc-804e-712a6d7f3798', 'application.accept', '01a21582-b5f4-7379-9640-caf8ded7fc32', '01a21582-bb6f-77bf-8750-304da2adbe79');
INSERT INTO public.audit OVERRIDING SYSTEM VALUE VALUES (5, '2026-11-26 01:40:19.331479+00', '01a21582-ad02-70bc-804e-712a6d7f3798', 'applications.listed', NULL, '01a21582-bd03-7920-9690-f3bf806ae711');
INSERT INTO public.balance VALUES ('ad9d9837-e3c2-531b-b8b3-40c383995f08', 21643.86, '2026-11-26', 4);
INSERT INTO public.balance VALUES ('7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 21748.29, '2026-11-26', 5);
INSERT INTO public.balance VALUES ('45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 41867.84, '2026-11-26', 7);
INSERT INTO public.invoice VALUES ('01a21582-a217-7f19-ab9b-f855a689f48f', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'FV/2026/10/000001', 'invoice', 'UC/2019/0001', 'PC-100001', '269d9a27-588e-5840-b350-1b26947c89d3', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Ciepło, 01.09.2026 – 30.09.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, 1);
INSERT INTO public.invoice VALUES ('01a21582-a262-72bf-83c6-f85e156add50', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'FV/2026/10/000002', 'invoice', 'UC/2019/0003', 'PC-100003', '6a9fd5f9-9a4e-58ec-81cd-eea4dc152457', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Ciepło, 01.09.2026 – 30.09.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, 1);
INSERT INTO public.invoice VALUES ('01a21582-a2c8-7547-942a-7af98f48d559', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'FV/2026/10/000003', 'invoice', 'UW/2019/0001', 'PW-100001', '67d60722-53a3-5724-86a6-9594ff16095a', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Woda i ścieki, 01.09.2026 – 30.09.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, 1);
INSERT INTO public.invoice VALUES ('01a21582-a315-7c33-b649-a175f0b13a44', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'FV/2026/10/000004', 'invoice', 'UC/2019/0002', 'PC-100002', 'f55c58a9-34db-5476-b346-e876a8c98870', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Ciepło, 01.09.2026 – 30.09.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, 1);
INSERT INTO public.invoice VALUES ('01a21582-a341-7004-b3d0-26d5c6a56a82', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'FV/2026/11/000001', 'invoice', 'UC/2019/0001', 'PC-100001', '527827f8-cde9-567f-a085-f2bfa7cb4cb6', '2026-11-26', '2026-12-10', '2026-10-01', '2026-10-31', 'Ciepło, 01.10.2026 – 31.10.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, 1);
INSERT INTO public.invoice VALUES ('01a21582-a38e-7d5f-bae7-69419eefa944', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'FV/2026/10/000005', 'invoice', 'UW/2019/0003', 'PW-100003', '367227d9-28ad-58f4-9fe2-30a3f645621c', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Woda i ścieki, 01.09.2026 – 30.09.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, 1);
INSERT INTO public.invoice VALUES ('01a21582-a3b4-7aca-a87a-e093294abfb7', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'FV/2026/11/000002', 'invoice', 'UW/2019/0001', 'PW-100001', '37570613-2e2c-5aa9-9e45-239ed6fbe6cc', '2026-11-26', '2026-12-10', '2026-10-01', '2026-10-31', 'Woda i ścieki, 01.10.2026 – 31.10.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, 1);
INSERT INTO public.invoice VALUES ('01a21582-a3d6-7e37-a663-f13e38adbc8f', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'FV/2026/11/000003', 'invoice', 'UC/2019/0003', 'PC-100003', '08773dc9-753c-5162-a6ba-e8897a4ef132', '2026-11-26', '2026-12-10', '2026-10-01', '2026-10-31', 'Ciepło, 01.10.2026 – 31.10.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, 1);
INSERT INTO public.invoice VALUES ('01a21582-a3cd-72b4-ae63-a94d8a34f4ae', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'FV/2026/10/000006', 'invoice', 'UW/2019/0002', 'PW-100002', 'eebe9f79-84f5-53f9-95d7-d8d0502af3a9', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Woda i ścieki, 01.09.2026 – 30.09.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, 1);
INSERT INTO public.invoice VALUES ('01a21582-a3f5-70bf-8dcb-be4ce50593f6', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'FV/2026/11/000004', 'invoice', 'UW/2019/0003', 'PW-100003', 'dda20f37-9e20-5e4f-a076-69c3206ac597', '2026-11-26', '2026-12-10', '2026-10-01', '2026-10-31', 'Woda i ścieki, 01.10.2026 – 31.10.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, 1);
INSERT INTO public.invoice VALUES ('01a21582-a41c-72d4-a806-4dbcec42db47', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'FV/2026/11/000005', 'invoice', 'UW/2019/0002', 'PW-100002', '81189ed8-4e26-56d3-9ddb-ab327e1510bf', '2026-11-26', '2026-12-10', '2026-10-01', '2026-10-31', 'Woda i ścieki, 01.10.2026 – 31.10.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, 1);
INSERT INTO public.invoice VALUES ('01a21582-cb28-7dd3-8004-1918b7e8cdcc', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'FV/2026/11/000008', 'invoice', 'UW/2019/0003', 'PW-100003', 'e2f3fc7e-ba4f-5f4d-9d43-c2644fcf8fc0', '2026-11-26', '2026-12-10', '2026-11-01', '2026-11-26', 'Woda i ścieki, 01.11.2026 – 26.11.2026', '[{"net": "22.23", "vat": "1.78", "name": "Woda", "unit": "m3", "gross": "24.01", "quantity": "9.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "71.46", "vat": "5.72", "name": "Ścieki", "unit": "m3", "gross": "77.18", "quantity": "9.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 96.69, 7.74, 104.43, 1);
INSERT INTO public.invoice VALUES ('01a21582-cfc6-7896-89a3-ea677a266510', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'FV/2026/11/000009', 'invoice', 'UC/2019/0002', 'PC-100002', '2aa11132-bacd-597b-9435-9ec28aa1bfce', '2026-11-26', '2026-12-10', '2026-11-01', '2026-11-26', 'Ciepło, 01.11.2026 – 26.11.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "11839.10", "vat": "2722.99", "name": "Ciepło", "unit": "GJ", "gross": "14562.09", "quantity": "130.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.98", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.26", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "2490.80", "vat": "572.88", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "3063.68", "quantity": "130.000", "vat_rate": "23", "unit_price": "19.16"}]', 16438.66, 3780.89, 20219.55, 1);
INSERT INTO public.invoice VALUES ('01a21582-a440-73bd-9ed4-c1bb8f409b21', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'FV/2026/11/000006', 'invoice', 'UC/2019/0002', 'PC-100002', 'b29b80d5-26cf-5ce2-a590-06c54435a20a', '2026-11-26', '2026-12-10', '2026-10-01', '2026-10-31', 'Ciepło, 01.10.2026 – 31.10.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, 1);
INSERT INTO public.invoice VALUES ('01a21582-c671-78dc-ba78-a37509849580', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'FV/2026/11/000007', 'invoice', 'UW/2019/0002', 'PW-100002', '987e7881-adc7-596e-8b20-dd3165065b06', '2026-11-26', '2026-12-10', '2026-11-01', '2026-11-26', 'Woda i ścieki, 01.11.2026 – 26.11.2026', '[{"net": "22.23", "vat": "1.78", "name": "Woda", "unit": "m3", "gross": "24.01", "quantity": "9.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "71.46", "vat": "5.72", "name": "Ścieki", "unit": "m3", "gross": "77.18", "quantity": "9.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 96.69, 7.74, 104.43, 1);
INSERT INTO public.invoice_balance VALUES ('01a21582-a217-7f19-ab9b-f855a689f48f', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 0.00, 10728.75, 114.20, '2026-11-26', 1);
INSERT INTO public.invoice_balance VALUES ('01a21582-a262-72bf-83c6-f85e156add50', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 0.00, 10728.75, 114.20, '2026-11-26', 1);
INSERT INTO public.invoice_balance VALUES ('01a21582-a2c8-7547-942a-7af98f48d559', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 0.00, 93.18, 0.99, '2026-11-26', 1);
INSERT INTO public.invoice_balance VALUES ('01a21582-a341-7004-b3d0-26d5c6a56a82', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 0.00, 10728.75, 0.00, '2026-11-26', 1);
INSERT INTO public.invoice_balance VALUES ('01a21582-a38e-7d5f-bae7-69419eefa944', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 0.00, 93.18, 0.99, '2026-11-26', 1);
INSERT INTO public.invoice_balance VALUES ('01a21582-a3b4-7aca-a87a-e093294abfb7', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 0.00, 93.18, 0.00, '2026-11-26', 1);
INSERT INTO public.invoice_balance VALUES ('01a21582-a3d6-7e37-a663-f13e38adbc8f', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 0.00, 10728.75, 0.00, '2026-11-26', 1);
INSERT INTO public.invoice_balance VALUES ('01a21582-a3cd-72b4-ae63-a94d8a34f4ae', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 0.00, 93.18, 0.99, '2026-11-26', 1);
INSERT INTO public.invoice_balance VALUES ('01a21582-a3f5-70bf-8dcb-be4ce50593f6', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 0.00, 93.18, 0.00, '2026-11-26', 1);
INSERT INTO public.invoice_balance VALUES ('01a21582-a41c-72d4-a806-4dbcec42db47', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 0.00, 93.18, 0.00, '2026-11-26', 1);
INSERT INTO public.invoice_balance VALUES ('01a21582-a440-73bd-9ed4-c1bb8f409b21', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 0.00, 10728.75, 0.00, '2026-11-26', 1);
INSERT INTO public.invoice_balance VALUES ('01a21582-a315-7c33-b649-a175f0b13a44', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 100.00, 10628.75, 114.20, '2026-11-26', 2);
INSERT INTO public.invoice_balance VALUES ('01a21582-c671-78dc-ba78-a37509849580', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 0.00, 104.43, 0.00, '2026-11-26', 1);
INSERT INTO public.invoice_balance VALUES ('01a21582-cb28-7dd3-8004-1918b7e8cdcc', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 0.00, 104.43, 0.00, '2026-11-26', 1);
INSERT INTO public.invoice_balance VALUES ('01a21582-cfc6-7896-89a3-ea677a266510', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 0.00, 20219.55, 0.00, '2026-11-26', 1);
INSERT INTO public.invoice_document VALUES ('01a21582-a217-7f19-ab9b-f855a689f48f', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'invoices/2026/10/01a21582-a217-7f19-ab9b-f855a689f48f.pdf', 50817, 1);
INSERT INTO public.invoice_document VALUES ('01a21582-a262-72bf-83c6-f85e156add50', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'invoices/2026/10/01a21582-a262-72bf-83c6-f85e156add50.pdf', 50966, 1);
INSERT INTO public.invoice_document VALUES ('01a21582-a2c8-7547-942a-7af98f48d559', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'invoices/2026/10/01a21582-a2c8-7547-942a-7af98f48d559.pdf', 48367, 1);
INSERT INTO public.invoice_document VALUES ('01a21582-a315-7c33-b649-a175f0b13a44', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'invoices/2026/10/01a21582-a315-7c33-b649-a175f0b13a44.pdf', 50903, 1);
INSERT INTO public.invoice_document VALUES ('01a21582-a341-7004-b3d0-26d5c6a56a82', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'invoices/2026/11/01a21582-a341-7004-b3d0-26d5c6a56a82.pdf', 50813, 1);
INSERT INTO public.invoice_document VALUES ('01a21582-a38e-7d5f-bae7-69419eefa944', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'invoices/2026/10/01a21582-a38e-7d5f-bae7-69419eefa944.pdf', 48365, 1);
INSERT INTO public.invoice_document VALUES ('01a21582-a3b4-7aca-a87a-e093294abfb7', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'invoices/2026/11/01a21582-a3b4-7aca-a87a-e093294abfb7.pdf', 48251, 1);
INSERT INTO public.invoice_document VALUES ('01a21582-a3cd-72b4-ae63-a94d8a34f4ae', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'invoices/2026/10/01a21582-a3cd-72b4-ae63-a94d8a34f4ae.pdf', 48339, 1);
INSERT INTO public.invoice_document VALUES ('01a21582-a3d6-7e37-a663-f13e38adbc8f', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'invoices/2026/11/01a21582-a3d6-7e37-a663-f13e38adbc8f.pdf', 50930, 1);
INSERT INTO public.invoice_document VALUES ('01a21582-a3f5-70bf-8dcb-be4ce50593f6', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'invoices/2026/11/01a21582-a3f5-70bf-8dcb-be4ce50593f6.pdf', 48359, 1);
INSERT INTO public.invoice_document VALUES ('01a21582-a41c-72d4-a806-4dbcec42db47', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'invoices/2026/11/01a21582-a41c-72d4-a806-4dbcec42db47.pdf', 48332, 1);
INSERT INTO public.invoice_document VALUES ('01a21582-a440-73bd-9ed4-c1bb8f409b21', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'invoices/2026/11/01a21582-a440-73bd-9ed4-c1bb8f409b21.pdf', 50788, 1);
INSERT INTO public.invoice_document VALUES ('01a21582-c671-78dc-ba78-a37509849580', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'invoices/2026/11/01a21582-c671-78dc-ba78-a37509849580.pdf', 48319, 1);
INSERT INTO public.invoice_document VALUES ('01a21582-cb28-7dd3-8004-1918b7e8cdcc', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'invoices/2026/11/01a21582-cb28-7dd3-8004-1918b7e8cdcc.pdf', 48412, 1);
INSERT INTO public.last_login VALUES ('01a21582-ad02-70bc-804e-712a6d7f3798', 'office', '2026-11-26 01:40:18.335995+00', 2);
INSERT INTO public.last_login VALUES ('01a21582-adcc-7374-9dad-bb23cc49bea8', 'customer', '2026-11-26 01:40:20.78483+00', 2);
INSERT INTO public.mail VALUES ('01a21582-bcdb-7987-8732-9a1c97dae7d1', '01a21582-bbda-7b64-a3fa-b926a5aa90b3', 'credentials', 'anna@poczta.example', '2026-11-26 01:40:19.743821+00', 1);
INSERT INTO public.mail VALUES ('01a21582-c955-7a56-9475-d188993e4d90', '01a21582-c671-78dc-ba78-a37509849580', 'new_bill', 'jan@poczta.example', '2026-11-26 01:40:22.650736+00', 1);
INSERT INTO public.meter VALUES ('25a0b966-d9c1-5977-b99a-dbe7438d794d', 'H-1', 'PC-100001', 'heat', 'GJ', 'ul. Źródlana 3', 'Włocławek', 1);
INSERT INTO public.meter VALUES ('f34246fa-c80a-55c0-bc82-b19b4a23e250', 'W-1', 'PW-100001', 'water', 'm3', 'ul. Źródlana 3', 'Włocławek', 1);
INSERT INTO public.meter VALUES ('0bf2d514-abd6-5988-844a-90203f437ecc', 'H-2', 'PC-100002', 'heat', 'GJ', 'ul. Źródlana 3', 'Włocławek', 1);
INSERT INTO public.meter VALUES ('2a343cf7-df62-5358-a959-c85ea949e08e', 'W-2', 'PW-100002', 'water', 'm3', 'ul. Źródlana 3', 'Włocławek', 1);
INSERT INTO public.meter VALUES ('2a2cf523-92fb-530c-8951-1058d36887ed', 'H-3', 'PC-100003', 'heat', 'GJ', 'ul. Źródlana 3', 'Włocławek', 1);
INSERT INTO public.meter VALUES ('65c5c2b0-2c8a-5a32-bad9-704affbbf5c7', 'W-3', 'PW-100003', 'water', 'm3', 'ul. Źródlana 3', 'Włocławek', 1);
INSERT INTO public.party VALUES ('ad9d9837-e3c2-531b-b8b3-40c383995f08', '100001', 'household', 'Anna Żółć', NULL, 'ul. Źródlana 3', '87-800', 'Włocławek', 1);
INSERT INTO public.party VALUES ('45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', '100002', 'household', 'Jan Śliwa', NULL, 'ul. Źródlana 3', '87-800', 'Włocławek', 1);
INSERT INTO public.party VALUES ('7c50bf7a-3fad-505e-a1b9-a1638a6525cd', '100003', 'household', 'Ewa Bąk', NULL, 'ul. Źródlana 3', '87-800', 'Włocławek', 1);
INSERT INTO public.progress VALUES ('identity', '2026-11-26 01:40:20.78483+00');
INSERT INTO public.progress VALUES ('correspondence', '2026-11-26 01:40:22.650736+00');
INSERT INTO public.progress VALUES ('metering', '2026-11-26 01:40:24.035692+00');
INSERT INTO public.progress VALUES ('billing', '2026-11-26 01:40:24.095834+00');
INSERT INTO public.reading VALUES ('32effc94-dd48-5e93-ad9a-799c15569a07', '25a0b966-d9c1-5977-b99a-dbe7438d794d', 1000.000, '2026-08-31', 'remote', NULL, NULL, 1);
INSERT INTO public.reading VALUES ('3fde93e8-41c6-5fcc-a990-3e5bc75e1ffc', '0bf2d514-abd6-5988-844a-90203f437ecc', 1000.000, '2026-08-31', 'remote', NULL, NULL, 1);
INSERT INTO public.reading VALUES ('17f8f831-1589-5ba1-8aac-147809ae4301', '2a2cf523-92fb-530c-8951-1058d36887ed', 1000.000, '2026-08-31', 'remote', NULL, NULL, 1);
INSERT INTO public.reading VALUES ('9f50dc23-9b3e-55ef-bfd3-aa8b3fe2dd14', 'f34246fa-c80a-55c0-bc82-b19b4a23e250', 200.000, '2026-08-31', 'actual', NULL, NULL, 1);
INSERT INTO public.reading VALUES ('bfce54ca-2d98-5ac2-b629-336dc24beef9', '2a343cf7-df62-5358-a959-c85ea949e08e', 200.000, '2026-08-31', 'actual', NULL, NULL, 1);
INSERT INTO public.reading VALUES ('16a3ad1f-46b5-54cf-b3a0-a711b06d319e', '65c5c2b0-2c8a-5a32-bad9-704affbbf5c7', 200.000, '2026-08-31', 'actual', NULL, NULL, 1);
INSERT INTO public.reading VALUES ('269d9a27-588e-5840-b350-1b26947c89d3', '25a0b966-d9c1-5977-b99a-dbe7438d794d', 1060.000, '2026-09-30', 'remote', 1000.000, '2026-08-31', 2);
INSERT INTO public.reading VALUES ('f55c58a9-34db-5476-b346-e876a8c98870', '0bf2d514-abd6-5988-844a-90203f437ecc', 1060.000, '2026-09-30', 'remote', 1000.000, '2026-08-31', 2);
INSERT INTO public.reading VALUES ('6a9fd5f9-9a4e-58ec-81cd-eea4dc152457', '2a2cf523-92fb-530c-8951-1058d36887ed', 1060.000, '2026-09-30', 'remote', 1000.000, '2026-08-31', 2);
INSERT INTO public.reading VALUES ('67d60722-53a3-5724-86a6-9594ff16095a', 'f34246fa-c80a-55c0-bc82-b19b4a23e250', 208.000, '2026-09-30', 'actual', 200.000, '2026-08-31', 2);
INSERT INTO public.reading VALUES ('eebe9f79-84f5-53f9-95d7-d8d0502af3a9', '2a343cf7-df62-5358-a959-c85ea949e08e', 208.000, '2026-09-30', 'actual', 200.000, '2026-08-31', 2);
INSERT INTO public.reading VALUES ('367227d9-28ad-58f4-9fe2-30a3f645621c', '65c5c2b0-2c8a-5a32-bad9-704affbbf5c7', 208.000, '2026-09-30', 'actual', 200.000, '2026-08-31', 2);
INSERT INTO public.reading VALUES ('527827f8-cde9-567f-a085-f2bfa7cb4cb6', '25a0b966-d9c1-5977-b99a-dbe7438d794d', 1120.000, '2026-10-31', 'remote', 1060.000, '2026-09-30', 3);
INSERT INTO public.reading VALUES ('b29b80d5-26cf-5ce2-a590-06c54435a20a', '0bf2d514-abd6-5988-844a-90203f437ecc', 1120.000, '2026-10-31', 'remote', 1060.000, '2026-09-30', 3);
INSERT INTO public.reading VALUES ('08773dc9-753c-5162-a6ba-e8897a4ef132', '2a2cf523-92fb-530c-8951-1058d36887ed', 1120.000, '2026-10-31', 'remote', 1060.000, '2026-09-30', 3);
INSERT INTO public.reading VALUES ('37570613-2e2c-5aa9-9e45-239ed6fbe6cc', 'f34246fa-c80a-55c0-bc82-b19b4a23e250', 216.000, '2026-10-31', 'actual', 208.000, '2026-09-30', 3);
INSERT INTO public.reading VALUES ('81189ed8-4e26-56d3-9ddb-ab327e1510bf', '2a343cf7-df62-5358-a959-c85ea949e08e', 216.000, '2026-10-31', 'actual', 208.000, '2026-09-30', 3);
INSERT INTO public.reading VALUES ('dda20f37-9e20-5e4f-a076-69c3206ac597', '65c5c2b0-2c8a-5a32-bad9-704affbbf5c7', 216.000, '2026-10-31', 'actual', 208.000, '2026-09-30', 3);
INSERT INTO public.reading VALUES ('987e7881-adc7-596e-8b20-dd3165065b06', '2a343cf7-df62-5358-a959-c85ea949e08e', 225.000, '2026-11-26', 'customer', 216.000, '2026-10-31', 4);
INSERT INTO public.reading VALUES ('e2f3fc7e-ba4f-5f4d-9d43-c2644fcf8fc0', '65c5c2b0-2c8a-5a32-bad9-704affbbf5c7', 225.000, '2026-11-26', 'remote', 216.000, '2026-10-31', 4);
INSERT INTO public.reading VALUES ('2aa11132-bacd-597b-9435-9ec28aa1bfce', '0bf2d514-abd6-5988-844a-90203f437ecc', 1250.000, '2026-11-26', 'remote', 1120.000, '2026-10-31', 4);
INSERT INTO public.session VALUES ('\x78607a782942d01e69d30d21e9f444efbe46acef62ae681f20fbb74e9ab27402', '01a21582-ad02-70bc-804e-712a6d7f3798', 'office', NULL, 'maria', 'Maria Urzędnik', '{clerk}', false, '2026-11-26 01:40:18.335995+00', '2026-11-26 01:40:18.324039+00');
INSERT INTO public.session VALUES ('\x32583c31de08efb9daa643b6d67237148071a8c79b71f36f73abab551c0f9e0e', '01a21582-adcc-7374-9dad-bb23cc49bea8', 'customer', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', '100002', 'Jan Śliwa', '{}', false, '2026-11-26 01:40:20.78483+00', '2026-11-26 01:40:20.772212+00');
INSERT INTO public.used_check VALUES ('968dd3e9b64ec5b9d3e1d0392b8209c1a32351126f8e17e94620815c2a446804', '\xbc2765b5088d9fb8858ee575a931187b1d19931d0e6968e57ac9405ff72afe63', '2026-11-26 02:40:17.396157+00');
INSERT INTO public.used_check VALUES ('8abc9782833f101f6a156dd1b6524b2bb6922c1ce89eb1fc37ed19b10fdb8f1b', '\x680ff5e6e325541df61c14b459b06ed2315770ff4775ce31da8281c40f3cbba6', '2026-11-26 02:40:19.660127+00');
SELECT pg_catalog.setval('public.audit_entry_id_seq', 5, true);
SELECT pg_catalog.setval('public.outbox_position_seq', 1, false);
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_pkey PRIMARY KEY (agreement_id);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.application_decision
    ADD CONSTRAINT application_decision_pkey PRIMARY KEY (application_id);
ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_pkey PRIMARY KEY (application_id);
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (entry_id);
ALTER TABLE ONLY public.balance
    ADD CONSTRAINT balance_pkey PRIMARY KEY (party_id);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (message_id);
ALTER TABLE ONLY public.invoice_balance
    ADD CONSTRAINT invoice_balance_pkey PRIMARY KEY (invoice_id);
ALTER TABLE ONLY public.invoice_document
    ADD CONSTRAINT invoice_document_pkey PRIMARY KEY (invoice_id);
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
CREATE INDEX application_decision_decided_at ON public.application_decision USING btree (decided_at);
CREATE INDEX application_received_at ON public.application USING btree (received_at);
CREATE INDEX inbox_received_at ON public.inbox USING btree (received_at);
CREATE INDEX invoice_balance_unpaid ON public.invoice_balance USING btree (party_id) WHERE (left_to_pay > (0)::numeric);
CREATE INDEX invoice_newest_of_party ON public.invoice USING btree (party_id, issued_on DESC, number DESC);
CREATE INDEX invoice_reading ON public.invoice USING btree (reading_id);
CREATE INDEX mail_about ON public.mail USING btree (about_id);
CREATE INDEX meter_number ON public.meter USING btree (number);
CREATE INDEX meter_service_point ON public.meter USING btree (service_point);
CREATE INDEX reading_newest_of_meter ON public.reading USING btree (meter_id, read_on DESC);
CREATE INDEX session_account ON public.session USING btree (account_id);
CREATE INDEX session_seen_at ON public.session USING btree (seen_at);
CREATE INDEX used_check_expires_at ON public.used_check USING btree (expires_at);
