CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
            RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'raise_exception';
        END $$;
CREATE TABLE public.account (
    party_id uuid NOT NULL,
    balance numeric(14,2) DEFAULT 0 NOT NULL,
    version integer DEFAULT 0 NOT NULL
)
WITH (fillfactor='70');
COMMENT ON TABLE public.account IS 'The head of each party''s ledger: its last entry''s number and balance; locked while one is added.';
CREATE TABLE public.agreement (
    agreement_id uuid NOT NULL,
    number text NOT NULL,
    party_id uuid NOT NULL,
    medium text NOT NULL,
    service_point text NOT NULL,
    tariff text NOT NULL,
    tariff_group text NOT NULL,
    capacity_mw numeric(12,6),
    signed_on date NOT NULL,
    billed_from date NOT NULL,
    e_invoice boolean NOT NULL,
    version integer NOT NULL
);
COMMENT ON TABLE public.agreement IS 'Agreements; at a service point the one with the latest billed_from before a reading settles it.';
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.allocation (
    allocation_id bigint NOT NULL,
    invoice_id uuid NOT NULL,
    credit_id uuid CONSTRAINT allocation_payment_id_not_null NOT NULL,
    amount numeric(14,2) NOT NULL,
    effective_on date CONSTRAINT allocation_paid_on_not_null NOT NULL
);
COMMENT ON TABLE public.allocation IS 'Which credit reduced which invoice by how much, and from which day the debt was smaller by it.';
ALTER TABLE public.allocation ALTER COLUMN allocation_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.allocation_allocation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.answer (
    key text NOT NULL,
    reply jsonb,
    answered_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE public.answer IS 'Replies to requests that carried an idempotency key: the same form sent twice gets the same reply.';
CREATE TABLE public.credit (
    credit_id uuid CONSTRAINT payment_payment_id_not_null NOT NULL,
    reference text CONSTRAINT payment_reference_not_null NOT NULL,
    party_id uuid CONSTRAINT payment_party_id_not_null NOT NULL,
    booked_on date CONSTRAINT payment_booked_on_not_null NOT NULL,
    amount numeric(14,2) CONSTRAINT payment_amount_not_null NOT NULL,
    title text CONSTRAINT payment_title_not_null NOT NULL,
    unallocated numeric(14,2) CONSTRAINT payment_unallocated_not_null NOT NULL,
    kind text NOT NULL,
    effective_on date NOT NULL,
    invoice_id uuid,
    CONSTRAINT credit_unallocated CHECK (((unallocated >= (0)::numeric) AND (unallocated <= amount)))
);
COMMENT ON TABLE public.credit IS 'What reduces a party''s debts; invoice_id is the one that it reduces first, unallocated what none needed.';
CREATE TABLE public.document (
    invoice_id uuid NOT NULL,
    key text NOT NULL,
    size integer NOT NULL,
    sha256 text NOT NULL,
    stored_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.document IS 'PDFs of invoices in the object store.';
CREATE TABLE public.document_job (
    invoice_id uuid NOT NULL,
    issued_on date NOT NULL,
    queued_at timestamp with time zone NOT NULL,
    correlation_id text NOT NULL,
    taken_until timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    problem text,
    given_up_at timestamp with time zone,
    version integer DEFAULT 0 NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='2000');
COMMENT ON TABLE public.document_job IS 'PDFs still to be made; a worker takes a row until taken_until and deletes it when the file is stored.';
CREATE TABLE public.inbox (
    message_id uuid NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE public.inbox IS 'Messages whose effect is stored: a second delivery changes nothing.';
CREATE TABLE public.invoice (
    invoice_id uuid NOT NULL,
    number text NOT NULL,
    party_id uuid NOT NULL,
    agreement_id uuid NOT NULL,
    agreement_number text NOT NULL,
    service_point text NOT NULL,
    medium text NOT NULL,
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
    e_invoice boolean NOT NULL,
    buyer jsonb NOT NULL,
    registers jsonb NOT NULL,
    paid numeric(14,2) NOT NULL,
    interest numeric(14,2) NOT NULL,
    balance_as_of date NOT NULL,
    balance_version integer NOT NULL,
    CONSTRAINT invoice_paid CHECK (((paid >= (0)::numeric) AND (paid <= gross)))
);
COMMENT ON TABLE public.invoice IS 'Invoices; a trigger keeps all but what is paid and the interest (paid … balance_version) as it was issued.';
CREATE TABLE public.invoice_serial (
    series text NOT NULL,
    last bigint NOT NULL
)
WITH (fillfactor='10');
COMMENT ON TABLE public.invoice_serial IS 'Counters of invoice numbers without gaps: the row stays locked until the invoice is committed.';
CREATE TABLE public.ledger_entry (
    entry_id uuid NOT NULL,
    party_id uuid NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    amount numeric(14,2) NOT NULL,
    balance numeric(14,2) NOT NULL,
    posted_on date NOT NULL,
    description text NOT NULL,
    invoice_id uuid,
    credit_id uuid,
    posted_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.ledger_entry IS 'The ledger. Append-only: a trigger refuses every change. Positive amounts are owed by the party.';
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
    pesel text,
    nip text,
    regon text,
    email text,
    phone text,
    street text NOT NULL,
    postal_code text NOT NULL,
    city text NOT NULL,
    version integer NOT NULL
);
COMMENT ON TABLE public.party IS 'Parties to agreements.';
CREATE TABLE public.tariff (
    code text NOT NULL,
    valid_from date NOT NULL,
    medium text NOT NULL,
    utility text NOT NULL,
    vat numeric(5,2) NOT NULL,
    source text NOT NULL,
    groups jsonb NOT NULL,
    revision bigint NOT NULL
);
COMMENT ON TABLE public.tariff IS 'Published net prices by tariff group, as text in PLN; valid_from -infinity is always. The vat is the published one; invoices charge the profile''s dated rates.';
CREATE SEQUENCE public.tariff_revision
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
INSERT INTO public.account VALUES ('7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 21748.29, 5);
INSERT INTO public.account VALUES ('ad9d9837-e3c2-531b-b8b3-40c383995f08', 41967.84, 6);
INSERT INTO public.account VALUES ('45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 41842.84, 8);
INSERT INTO public.agreement VALUES ('f36fe4e6-0b10-5690-8492-1118c214e172', 'UC/2019/0001', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'heat', 'PC-100001', 'ekoterm', 'A1', 0.100000, '2019-03-01', '2026-08-31', true, 1);
INSERT INTO public.agreement VALUES ('d3bc5cb9-dc09-535a-9d4d-9aaac22b435d', 'UW/2019/0001', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'water', 'PW-100001', 'swietajno', 'all', NULL, '2019-03-01', '2026-08-31', true, 1);
INSERT INTO public.agreement VALUES ('3e070d8c-4026-54fe-8b5b-5c1cbfbb195c', 'UC/2019/0002', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'heat', 'PC-100002', 'ekoterm', 'A1', 0.100000, '2019-03-01', '2026-08-31', true, 1);
INSERT INTO public.agreement VALUES ('e0a1711e-ce4e-5c11-aea2-af8ca8c027a9', 'UW/2019/0002', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'water', 'PW-100002', 'swietajno', 'all', NULL, '2019-03-01', '2026-08-31', true, 1);
INSERT INTO public.agreement VALUES ('a18efe1e-a41c-5153-acd8-bdc97dc677a4', 'UC/2019/0003', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'heat', 'PC-100003', 'ekoterm', 'A1', 0.100000, '2019-03-01', '2026-08-31', true, 1);
INSERT INTO public.agreement VALUES ('70e7bf79-41a2-5aa9-bf2c-f6c10409f1ed', 'UW/2019/0003', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'water', 'PW-100003', 'swietajno', 'all', NULL, '2019-03-01', '2026-08-31', true, 1);
INSERT INTO public.alembic_version VALUES ('0003');
INSERT INTO public.allocation OVERRIDING SYSTEM VALUE VALUES (1, '01a21f54-569f-7f84-a200-5f8864a742e1', 'd8c00885-8592-527e-9d06-bc6c80110d00', 100.00, '2026-11-28');
INSERT INTO public.allocation OVERRIDING SYSTEM VALUE VALUES (2, '01a21f54-569f-7f84-a200-5f8864a742e1', '4415e8c8-5d73-501b-a11a-bea6e68dec1a', 25.00, '2026-11-28');
INSERT INTO public.credit VALUES ('d8c00885-8592-527e-9d06-bc6c80110d00', 'WB/1', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', '2026-11-28', 100.00, 'Wpłata za rachunki', 0.00, 'payment', '2026-11-28', NULL);
INSERT INTO public.credit VALUES ('4415e8c8-5d73-501b-a11a-bea6e68dec1a', 'WB/2', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', '2026-11-28', 25.00, 'Wpłata za rachunki', 0.00, 'payment', '2026-11-28', NULL);
INSERT INTO public.document VALUES ('01a21f54-568d-7340-989b-3053fff32151', 'invoices/2026/10/01a21f54-568d-7340-989b-3053fff32151.pdf', 50816, 'f2be353d66911ddfe6fcc6b9417b92144afea8f02207cc97f93534c463e59fb3', '2026-11-27 23:25:51.082389+00');
INSERT INTO public.document VALUES ('01a21f54-569f-7f84-a200-5f8864a742e1', 'invoices/2026/10/01a21f54-569f-7f84-a200-5f8864a742e1.pdf', 50790, '782e832c4ca0573fb24a94125d63700ccc0a890bf70b342e23b435f60164d8f6', '2026-11-27 23:25:51.082389+00');
INSERT INTO public.document VALUES ('01a21f54-56b1-7b21-b0ff-616c8d02ef78', 'invoices/2026/10/01a21f54-56b1-7b21-b0ff-616c8d02ef78.pdf', 48366, 'c3e74889b63da9c28471df6aa69517722191b4ea9bb88224b3612bb82af06b5d', '2026-11-27 23:25:51.082389+00');
INSERT INTO public.document VALUES ('01a21f54-56c3-72a5-a1d1-2395cbc8c3bc', 'invoices/2026/10/01a21f54-56c3-72a5-a1d1-2395cbc8c3bc.pdf', 51070, '9706b07c8933b1a6030065bfdd77d70bac24deff0c0ddd51c0176fb03d42620c', '2026-11-27 23:25:51.082389+00');
INSERT INTO public.document VALUES ('01a21f54-56cb-7a9a-8c59-6495b0701ab0', 'invoices/2026/11/01a21f54-56cb-7a9a-8c59-6495b0701ab0.pdf', 50808, '008dc90b3975294ead5ce0565213bab874597cca0edc49bc3ab70de1c196c876', '2026-11-27 23:25:51.082389+00');
INSERT INTO public.document VALUES ('01a21f54-56d6-75f2-b520-0f1b1a07dca5', 'invoices/2026/10/01a21f54-56d6-75f2-b520-0f1b1a07dca5.pdf', 48328, '984d9462d7cd56031f2d3480b16e7404439e4be834e9a6e5610f6c71767e9039', '2026-11-27 23:25:51.082389+00');
INSERT INTO public.document VALUES ('01a21f54-56e4-70d8-b83e-d533b970451d', 'invoices/2026/11/01a21f54-56e4-70d8-b83e-d533b970451d.pdf', 48241, 'dcdd6986393bb604786feceeda6242401fdb70230dd5619043ba624073ad8593', '2026-11-27 23:25:51.082389+00');
INSERT INTO public.document VALUES ('01a21f54-56ed-75ef-b487-fd3e695a6fa0', 'invoices/2026/10/01a21f54-56ed-75ef-b487-fd3e695a6fa0.pdf', 48378, 'c32b87a126cd075797a937de8e1682a79d6920636de4c821509183ce24a36c26', '2026-11-27 23:25:51.082389+00');
INSERT INTO public.document VALUES ('01a21f54-56f3-739a-9ffc-a94771542184', 'invoices/2026/11/01a21f54-56f3-739a-9ffc-a94771542184.pdf', 50907, '8a5bc26b56f01b931018fa1d9075d4ccdc11898f99224c097aaa8f2d5c9911ab', '2026-11-27 23:25:51.082389+00');
INSERT INTO public.document VALUES ('01a21f54-5705-74e6-bbb3-a7577baeda97', 'invoices/2026/11/01a21f54-5705-74e6-bbb3-a7577baeda97.pdf', 48302, 'ce39d615c33e204e4a7e525db4854eb82dca6461cbe7199b1f816e06b8589ad7', '2026-11-27 23:25:51.082389+00');
INSERT INTO public.document VALUES ('01a21f54-570f-744d-901d-ef28a600c7cb', 'invoices/2026/11/01a21f54-570f-744d-901d-ef28a600c7cb.pdf', 50954, '4eac5e2dac11abc39036fba0beac9012ae3745733add5411c1f847994cec5450', '2026-11-27 23:25:51.082389+00');
INSERT INTO public.document VALUES ('01a21f54-571b-7b21-823e-680aaaac5b87', 'invoices/2026/11/01a21f54-571b-7b21-823e-680aaaac5b87.pdf', 48259, '32f6a4c6f47e9b1a74635f6c21a8182402c73d7c3ed051b3a204fc955f360a25', '2026-11-27 23:25:51.082389+00');
INSERT INTO public.document VALUES ('01a21f54-5ef4-763f-a1de-6264cdfe6f80', 'invoices/2026/11/01a21f54-5ef4-763f-a1de-6264cdfe6f80.pdf', 48295, '8a9778f356f2aa3db3970b8049bce759c5bf5ac2ac2cb1109b2d01f9da4c022f', '2026-11-27 23:25:53.145713+00');
INSERT INTO public.document VALUES ('01a21f54-5fc3-715d-8ca0-db4fba4623f5', 'invoices/2026/11/01a21f54-5fc3-715d-8ca0-db4fba4623f5.pdf', 48403, 'e802d4be7b7024337c861ccf1ea6865e5c486dcaafa15633710950ea67304759', '2026-11-27 23:25:53.173313+00');
INSERT INTO public.document VALUES ('01a21f54-6262-7627-987a-5fee16f6a9dd', 'invoices/2026/11/01a21f54-6262-7627-987a-5fee16f6a9dd.pdf', 51032, '837626f949e2fc05f497542c3257951dbe02d54651a9873dee8c357416e8ed06', '2026-11-27 23:25:53.704977+00');
INSERT INTO public.document_job VALUES ('01a21f54-6473-7a10-94bc-8cadcaa25a91', '2026-11-28', '2026-11-27 23:25:54.15816+00', '01a21f54-6465-79aa-9e38-e338169dd938', NULL, 1, 'szablon faktury pyta o pole sum_in_words, którego faktura nie ma', '2026-11-27 23:25:54.221856+00', 1);
INSERT INTO public.document_job VALUES ('01a21f54-6562-7dcf-8049-d938e9aaae13', '2026-11-28', '2026-11-27 23:25:54.398668+00', '01a21f54-6554-7fae-9572-6f0ae3f74196', '2026-11-27 23:26:09.751436+00', 1, 'StoreAway: GenericError: Generic LocalFileSystem error: Unable to open file /var/lib/ebok/files/invoices/2026/11/01a21f54-6562-7dcf-8049-d938e9aaae13.pdf#1: Not a directory (os error 20)

Debug source:
Generic {
    store: "LocalFileSystem",
    source: UnableToOpenFile {
        source: Os {
            code: 20,
            kind: NotADirectory,
            message: "Not a directory",
        },
        path: "/var/lib/ebok/files/invoices/2026/11/01a21f54-6562-7dcf-8049-d938e9aaae13.pdf#1",
    },
}', NULL, 0);
INSERT INTO public.inbox VALUES ('01a21f54-5643-7523-a392-7e186d4ea4fa', '2026-11-27 23:25:50.545217+00');
INSERT INTO public.inbox VALUES ('01a21f54-5643-7ab4-bbef-f437b97db0fd', '2026-11-27 23:25:50.594732+00');
INSERT INTO public.inbox VALUES ('01a21f54-5643-7220-adf9-08539a4c0950', '2026-11-27 23:25:50.672354+00');
INSERT INTO public.inbox VALUES ('01a21f54-5ee8-7580-8070-b4dde1b31f8f', '2026-11-27 23:25:52.751671+00');
INSERT INTO public.inbox VALUES ('01a21f54-6469-799e-a8de-15ef899ef588', '2026-11-27 23:25:54.158393+00');
INSERT INTO public.inbox VALUES ('01a21f54-5643-7b28-b3b3-6f69a96500a4', '2026-11-27 23:25:50.544569+00');
INSERT INTO public.inbox VALUES ('01a21f54-5643-7989-afc9-f29ac3d007bb', '2026-11-27 23:25:50.601263+00');
INSERT INTO public.inbox VALUES ('01a21f54-5643-7ba5-8e7a-f5f69be6489b', '2026-11-27 23:25:50.546753+00');
INSERT INTO public.inbox VALUES ('01a21f54-5642-77d0-9c5e-c968bb4274f0', '2026-11-27 23:25:50.544096+00');
INSERT INTO public.inbox VALUES ('01a21f54-5643-7c6a-97f9-274230d739e9', '2026-11-27 23:25:50.572424+00');
INSERT INTO public.inbox VALUES ('01a21f54-5643-74a2-a364-cb92edd95d3f', '2026-11-27 23:25:50.573822+00');
INSERT INTO public.inbox VALUES ('01a21f54-5643-7172-83d3-345b4011bd1d', '2026-11-27 23:25:50.574133+00');
INSERT INTO public.inbox VALUES ('01a21f54-5643-75e4-819e-e14be6a42ef2', '2026-11-27 23:25:50.575527+00');
INSERT INTO public.inbox VALUES ('01a21f54-5643-7fb1-afe3-cfdf4d191a7f', '2026-11-27 23:25:50.594107+00');
INSERT INTO public.inbox VALUES ('01a21f54-5643-73d3-8264-056f1bd8c86c', '2026-11-27 23:25:50.60227+00');
INSERT INTO public.inbox VALUES ('01a21f54-5643-7855-960a-b0fb0c25ee77', '2026-11-27 23:25:50.610178+00');
INSERT INTO public.inbox VALUES ('01a21f54-5643-79c5-87e2-84bf9b42cb61', '2026-11-27 23:25:50.610577+00');
INSERT INTO public.inbox VALUES ('01a21f54-5643-7910-91b3-f99f424e3626', '2026-11-27 23:25:50.628705+00');
INSERT INTO public.inbox VALUES ('01a21f54-5643-705a-8f86-6b8bcf541641', '2026-11-27 23:25:50.648801+00');
INSERT INTO public.inbox VALUES ('01a21f54-5643-7b1c-8d93-16863d5ddfe3', '2026-11-27 23:25:50.687223+00');
INSERT INTO public.inbox VALUES ('01a21f54-5fba-752d-a6a5-2d99692f44c2', '2026-11-27 23:25:52.960184+00');
INSERT INTO public.inbox VALUES ('01a21f54-6257-7444-866b-7deac235481a', '2026-11-27 23:25:53.628763+00');
INSERT INTO public.inbox VALUES ('01a21f54-6558-78a8-bcdf-cc70d6bdc1ae', '2026-11-27 23:25:54.398813+00');
INSERT INTO public.invoice VALUES ('01a21f54-568d-7340-989b-3053fff32151', 'FV/2026/10/000001', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'f36fe4e6-0b10-5690-8492-1118c214e172', 'UC/2019/0001', 'PC-100001', 'heat', '269d9a27-588e-5840-b350-1b26947c89d3', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Ciepło, 01.09.2026 – 30.09.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, true, '{"nip": null, "city": "Włocławek", "code": "100001", "name": "Anna Żółć", "street": "Źródlana 3", "postal_code": "87-800"}', '{"unit": "GJ", "value": "1060.000", "source": "remote", "read_on": "2026-09-30", "meter_number": "H-1", "previous_value": "1000.000", "previous_read_on": "2026-08-31"}', 0.00, 119.63, '2026-11-28', 1);
INSERT INTO public.invoice VALUES ('01a21f54-56b1-7b21-b0ff-616c8d02ef78', 'FV/2026/10/000003', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'd3bc5cb9-dc09-535a-9d4d-9aaac22b435d', 'UW/2019/0001', 'PW-100001', 'water', '67d60722-53a3-5724-86a6-9594ff16095a', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Woda i ścieki, 01.09.2026 – 30.09.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, true, '{"nip": null, "city": "Włocławek", "code": "100001", "name": "Anna Żółć", "street": "Źródlana 3", "postal_code": "87-800"}', '{"unit": "m3", "value": "208.000", "source": "actual", "read_on": "2026-09-30", "meter_number": "W-1", "previous_value": "200.000", "previous_read_on": "2026-08-31"}', 0.00, 1.04, '2026-11-28', 1);
INSERT INTO public.invoice VALUES ('01a21f54-56e4-70d8-b83e-d533b970451d', 'FV/2026/11/000002', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'd3bc5cb9-dc09-535a-9d4d-9aaac22b435d', 'UW/2019/0001', 'PW-100001', 'water', '37570613-2e2c-5aa9-9e45-239ed6fbe6cc', '2026-11-28', '2026-12-12', '2026-10-01', '2026-10-31', 'Woda i ścieki, 01.10.2026 – 31.10.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, true, '{"nip": null, "city": "Włocławek", "code": "100001", "name": "Anna Żółć", "street": "Źródlana 3", "postal_code": "87-800"}', '{"unit": "m3", "value": "216.000", "source": "actual", "read_on": "2026-10-31", "meter_number": "W-1", "previous_value": "208.000", "previous_read_on": "2026-09-30"}', 0.00, 0.00, '2026-11-28', 1);
INSERT INTO public.invoice VALUES ('01a21f54-569f-7f84-a200-5f8864a742e1', 'FV/2026/10/000002', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', '3e070d8c-4026-54fe-8b5b-5c1cbfbb195c', 'UC/2019/0002', 'PC-100002', 'heat', 'f55c58a9-34db-5476-b346-e876a8c98870', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Ciepło, 01.09.2026 – 30.09.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, true, '{"nip": null, "city": "Włocławek", "code": "100002", "name": "Jan Śliwa", "street": "Źródlana 3", "postal_code": "87-800"}', '{"unit": "GJ", "value": "1060.000", "source": "remote", "read_on": "2026-09-30", "meter_number": "H-2", "previous_value": "1000.000", "previous_read_on": "2026-08-31"}', 125.00, 119.63, '2026-11-28', 3);
INSERT INTO public.invoice VALUES ('01a21f54-56c3-72a5-a1d1-2395cbc8c3bc', 'FV/2026/10/000004', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'a18efe1e-a41c-5153-acd8-bdc97dc677a4', 'UC/2019/0003', 'PC-100003', 'heat', '6a9fd5f9-9a4e-58ec-81cd-eea4dc152457', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Ciepło, 01.09.2026 – 30.09.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, true, '{"nip": null, "city": "Włocławek", "code": "100003", "name": "Ewa Bąk", "street": "Źródlana 3", "postal_code": "87-800"}', '{"unit": "GJ", "value": "1060.000", "source": "remote", "read_on": "2026-09-30", "meter_number": "H-3", "previous_value": "1000.000", "previous_read_on": "2026-08-31"}', 0.00, 119.63, '2026-11-28', 1);
INSERT INTO public.invoice VALUES ('01a21f54-56cb-7a9a-8c59-6495b0701ab0', 'FV/2026/11/000001', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'f36fe4e6-0b10-5690-8492-1118c214e172', 'UC/2019/0001', 'PC-100001', 'heat', '527827f8-cde9-567f-a085-f2bfa7cb4cb6', '2026-11-28', '2026-12-12', '2026-10-01', '2026-10-31', 'Ciepło, 01.10.2026 – 31.10.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, true, '{"nip": null, "city": "Włocławek", "code": "100001", "name": "Anna Żółć", "street": "Źródlana 3", "postal_code": "87-800"}', '{"unit": "GJ", "value": "1120.000", "source": "remote", "read_on": "2026-10-31", "meter_number": "H-1", "previous_value": "1060.000", "previous_read_on": "2026-09-30"}', 0.00, 0.00, '2026-11-28', 1);
INSERT INTO public.invoice VALUES ('01a21f54-56d6-75f2-b520-0f1b1a07dca5', 'FV/2026/10/000005', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'e0a1711e-ce4e-5c11-aea2-af8ca8c027a9', 'UW/2019/0002', 'PW-100002', 'water', 'eebe9f79-84f5-53f9-95d7-d8d0502af3a9', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Woda i ścieki, 01.09.2026 – 30.09.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, true, '{"nip": null, "city": "Włocławek", "code": "100002", "name": "Jan Śliwa", "street": "Źródlana 3", "postal_code": "87-800"}', '{"unit": "m3", "value": "208.000", "source": "actual", "read_on": "2026-09-30", "meter_number": "W-2", "previous_value": "200.000", "previous_read_on": "2026-08-31"}', 0.00, 1.04, '2026-11-28', 1);
INSERT INTO public.invoice VALUES ('01a21f54-56ed-75ef-b487-fd3e695a6fa0', 'FV/2026/10/000006', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', '70e7bf79-41a2-5aa9-bf2c-f6c10409f1ed', 'UW/2019/0003', 'PW-100003', 'water', '367227d9-28ad-58f4-9fe2-30a3f645621c', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Woda i ścieki, 01.09.2026 – 30.09.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, true, '{"nip": null, "city": "Włocławek", "code": "100003", "name": "Ewa Bąk", "street": "Źródlana 3", "postal_code": "87-800"}', '{"unit": "m3", "value": "208.000", "source": "actual", "read_on": "2026-09-30", "meter_number": "W-3", "previous_value": "200.000", "previous_read_on": "2026-08-31"}', 0.00, 1.04, '2026-11-28', 1);
INSERT INTO public.invoice VALUES ('01a21f54-6562-7dcf-8049-d938e9aaae13', 'FV/2026/11/000011', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', '3e070d8c-4026-54fe-8b5b-5c1cbfbb195c', 'UC/2019/0002', 'PC-100002', 'heat', '3b33f30d-71bc-55bb-8908-25cb40f0d6f3', '2026-11-28', '2026-12-12', '2026-11-01', '2026-11-28', 'Ciepło, 01.11.2026 – 28.11.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "11839.10", "vat": "2722.99", "name": "Ciepło", "unit": "GJ", "gross": "14562.09", "quantity": "130.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.98", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.26", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "2490.80", "vat": "572.88", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "3063.68", "quantity": "130.000", "vat_rate": "23", "unit_price": "19.16"}]', 16438.66, 3780.89, 20219.55, true, '{"nip": null, "city": "Włocławek", "code": "100002", "name": "Jan Śliwa", "street": "Źródlana 3", "postal_code": "87-800"}', '{"unit": "GJ", "value": "1250.000", "source": "remote", "read_on": "2026-11-28", "meter_number": "H-2", "previous_value": "1120.000", "previous_read_on": "2026-10-31"}', 0.00, 0.00, '2026-11-28', 1);
INSERT INTO public.invoice VALUES ('01a21f54-56f3-739a-9ffc-a94771542184', 'FV/2026/11/000003', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', '3e070d8c-4026-54fe-8b5b-5c1cbfbb195c', 'UC/2019/0002', 'PC-100002', 'heat', 'b29b80d5-26cf-5ce2-a590-06c54435a20a', '2026-11-28', '2026-12-12', '2026-10-01', '2026-10-31', 'Ciepło, 01.10.2026 – 31.10.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, true, '{"nip": null, "city": "Włocławek", "code": "100002", "name": "Jan Śliwa", "street": "Źródlana 3", "postal_code": "87-800"}', '{"unit": "GJ", "value": "1120.000", "source": "remote", "read_on": "2026-10-31", "meter_number": "H-2", "previous_value": "1060.000", "previous_read_on": "2026-09-30"}', 0.00, 0.00, '2026-11-28', 1);
INSERT INTO public.invoice VALUES ('01a21f54-6262-7627-987a-5fee16f6a9dd', 'FV/2026/11/000009', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'f36fe4e6-0b10-5690-8492-1118c214e172', 'UC/2019/0001', 'PC-100001', 'heat', 'd318cbc2-728d-5a3c-a490-2beef2165380', '2026-11-28', '2026-12-12', '2026-11-01', '2026-11-28', 'Ciepło, 01.11.2026 – 28.11.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "11839.10", "vat": "2722.99", "name": "Ciepło", "unit": "GJ", "gross": "14562.09", "quantity": "130.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.98", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.26", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "2490.80", "vat": "572.88", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "3063.68", "quantity": "130.000", "vat_rate": "23", "unit_price": "19.16"}]', 16438.66, 3780.89, 20219.55, true, '{"nip": null, "city": "Włocławek", "code": "100001", "name": "Anna Żółć", "street": "Źródlana 3", "postal_code": "87-800"}', '{"unit": "GJ", "value": "1250.000", "source": "remote", "read_on": "2026-11-28", "meter_number": "H-1", "previous_value": "1120.000", "previous_read_on": "2026-10-31"}', 0.00, 0.00, '2026-11-28', 1);
INSERT INTO public.invoice VALUES ('01a21f54-5705-74e6-bbb3-a7577baeda97', 'FV/2026/11/000004', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'e0a1711e-ce4e-5c11-aea2-af8ca8c027a9', 'UW/2019/0002', 'PW-100002', 'water', '81189ed8-4e26-56d3-9ddb-ab327e1510bf', '2026-11-28', '2026-12-12', '2026-10-01', '2026-10-31', 'Woda i ścieki, 01.10.2026 – 31.10.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, true, '{"nip": null, "city": "Włocławek", "code": "100002", "name": "Jan Śliwa", "street": "Źródlana 3", "postal_code": "87-800"}', '{"unit": "m3", "value": "216.000", "source": "actual", "read_on": "2026-10-31", "meter_number": "W-2", "previous_value": "208.000", "previous_read_on": "2026-09-30"}', 0.00, 0.00, '2026-11-28', 1);
INSERT INTO public.invoice VALUES ('01a21f54-5ef4-763f-a1de-6264cdfe6f80', 'FV/2026/11/000007', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'e0a1711e-ce4e-5c11-aea2-af8ca8c027a9', 'UW/2019/0002', 'PW-100002', 'water', '692b5490-f4a7-5ac4-80d8-7ff860998223', '2026-11-28', '2026-12-12', '2026-11-01', '2026-11-28', 'Woda i ścieki, 01.11.2026 – 28.11.2026', '[{"net": "22.23", "vat": "1.78", "name": "Woda", "unit": "m3", "gross": "24.01", "quantity": "9.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "71.46", "vat": "5.72", "name": "Ścieki", "unit": "m3", "gross": "77.18", "quantity": "9.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 96.69, 7.74, 104.43, true, '{"nip": null, "city": "Włocławek", "code": "100002", "name": "Jan Śliwa", "street": "Źródlana 3", "postal_code": "87-800"}', '{"unit": "m3", "value": "225.000", "source": "customer", "read_on": "2026-11-28", "meter_number": "W-2", "previous_value": "216.000", "previous_read_on": "2026-10-31"}', 0.00, 0.00, '2026-11-28', 1);
INSERT INTO public.invoice VALUES ('01a21f54-6473-7a10-94bc-8cadcaa25a91', 'FV/2026/11/000010', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'd3bc5cb9-dc09-535a-9d4d-9aaac22b435d', 'UW/2019/0001', 'PW-100001', 'water', 'ed1022c5-5c7c-594d-8fbb-a91227cafdbc', '2026-11-28', '2026-12-12', '2026-11-01', '2026-11-28', 'Woda i ścieki, 01.11.2026 – 28.11.2026', '[{"net": "22.23", "vat": "1.78", "name": "Woda", "unit": "m3", "gross": "24.01", "quantity": "9.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "71.46", "vat": "5.72", "name": "Ścieki", "unit": "m3", "gross": "77.18", "quantity": "9.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 96.69, 7.74, 104.43, true, '{"nip": null, "city": "Włocławek", "code": "100001", "name": "Anna Żółć", "street": "Źródlana 3", "postal_code": "87-800"}', '{"unit": "m3", "value": "225.000", "source": "remote", "read_on": "2026-11-28", "meter_number": "W-1", "previous_value": "216.000", "previous_read_on": "2026-10-31"}', 0.00, 0.00, '2026-11-28', 1);
INSERT INTO public.invoice VALUES ('01a21f54-570f-744d-901d-ef28a600c7cb', 'FV/2026/11/000005', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'a18efe1e-a41c-5153-acd8-bdc97dc677a4', 'UC/2019/0003', 'PC-100003', 'heat', '08773dc9-753c-5162-a6ba-e8897a4ef132', '2026-11-28', '2026-12-12', '2026-10-01', '2026-10-31', 'Ciepło, 01.10.2026 – 31.10.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, true, '{"nip": null, "city": "Włocławek", "code": "100003", "name": "Ewa Bąk", "street": "Źródlana 3", "postal_code": "87-800"}', '{"unit": "GJ", "value": "1120.000", "source": "remote", "read_on": "2026-10-31", "meter_number": "H-3", "previous_value": "1060.000", "previous_read_on": "2026-09-30"}', 0.00, 0.00, '2026-11-28', 1);
INSERT INTO public.invoice VALUES ('01a21f54-5fc3-715d-8ca0-db4fba4623f5', 'FV/2026/11/000008', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', '70e7bf79-41a2-5aa9-bf2c-f6c10409f1ed', 'UW/2019/0003', 'PW-100003', 'water', 'bc806ef9-57b8-5a0a-b74a-0df105e16300', '2026-11-28', '2026-12-12', '2026-11-01', '2026-11-28', 'Woda i ścieki, 01.11.2026 – 28.11.2026', '[{"net": "22.23", "vat": "1.78", "name": "Woda", "unit": "m3", "gross": "24.01", "quantity": "9.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "71.46", "vat": "5.72", "name": "Ścieki", "unit": "m3", "gross": "77.18", "quantity": "9.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 96.69, 7.74, 104.43, true, '{"nip": null, "city": "Włocławek", "code": "100003", "name": "Ewa Bąk", "street": "Źródlana 3", "postal_code": "87-800"}', '{"unit": "m3", "value": "225.000", "source": "remote", "read_on": "2026-11-28", "meter_number": "W-3", "previous_value": "216.000", "previous_read_on": "2026-10-31"}', 0.00, 0.00, '2026-11-28', 1);
INSERT INTO public.invoice VALUES ('01a21f54-571b-7b21-823e-680aaaac5b87', 'FV/2026/11/000006', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', '70e7bf79-41a2-5aa9-bf2c-f6c10409f1ed', 'UW/2019/0003', 'PW-100003', 'water', 'dda20f37-9e20-5e4f-a076-69c3206ac597', '2026-11-28', '2026-12-12', '2026-10-01', '2026-10-31', 'Woda i ścieki, 01.10.2026 – 31.10.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, true, '{"nip": null, "city": "Włocławek", "code": "100003", "name": "Ewa Bąk", "street": "Źródlana 3", "postal_code": "87-800"}', '{"unit": "m3", "value": "216.000", "source": "actual", "read_on": "2026-10-31", "meter_number": "W-3", "previous_value": "208.000", "previous_read_on": "2026-09-30"}', 0.00, 0.00, '2026-11-28', 1);
INSERT INTO public.invoice_serial VALUES ('FV/2026/11/000000', 11);
INSERT INTO public.invoice_serial VALUES ('FV/2026/10/000000', 6);
INSERT INTO public.ledger_entry VALUES ('01a21f54-5697-77aa-9265-a127690b3de6', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 1, 'charge', 10728.75, 10728.75, '2026-10-01', 'FV/2026/10/000001', '01a21f54-568d-7340-989b-3053fff32151', NULL, '2026-11-27 23:25:50.573323+00');
INSERT INTO public.ledger_entry VALUES ('01a21f54-56a4-7e86-b5f8-a9a6a2defa21', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 1, 'charge', 10728.75, 10728.75, '2026-10-01', 'FV/2026/10/000002', '01a21f54-569f-7f84-a200-5f8864a742e1', NULL, '2026-11-27 23:25:50.575361+00');
INSERT INTO public.ledger_entry VALUES ('01a21f54-56ba-7f58-90a6-079ab0a41ca4', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 2, 'charge', 93.18, 10821.93, '2026-10-01', 'FV/2026/10/000003', '01a21f54-56b1-7b21-b0ff-616c8d02ef78', NULL, '2026-11-27 23:25:50.594618+00');
INSERT INTO public.ledger_entry VALUES ('01a21f54-56c9-7c7b-be95-714f70a2d364', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 1, 'charge', 10728.75, 10728.75, '2026-10-01', 'FV/2026/10/000004', '01a21f54-56c3-72a5-a1d1-2395cbc8c3bc', NULL, '2026-11-27 23:25:50.593989+00');
INSERT INTO public.ledger_entry VALUES ('01a21f54-56cf-75e9-9f20-b5cc4e341c88', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 3, 'charge', 10728.75, 21550.68, '2026-11-28', 'FV/2026/11/000001', '01a21f54-56cb-7a9a-8c59-6495b0701ab0', NULL, '2026-11-27 23:25:50.609998+00');
INSERT INTO public.ledger_entry VALUES ('01a21f54-56de-7e35-bd4b-0928e2247ebf', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 2, 'charge', 93.18, 10821.93, '2026-10-01', 'FV/2026/10/000005', '01a21f54-56d6-75f2-b520-0f1b1a07dca5', NULL, '2026-11-27 23:25:50.601081+00');
INSERT INTO public.ledger_entry VALUES ('01a21f54-56e6-76c6-8347-a5c992cc28d1', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 4, 'charge', 93.18, 21643.86, '2026-11-28', 'FV/2026/11/000002', '01a21f54-56e4-70d8-b83e-d533b970451d', NULL, '2026-11-27 23:25:50.648629+00');
INSERT INTO public.ledger_entry VALUES ('01a21f54-56f6-7fae-b89a-50140122e59b', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 2, 'charge', 93.18, 10821.93, '2026-10-01', 'FV/2026/10/000006', '01a21f54-56ed-75ef-b487-fd3e695a6fa0', NULL, '2026-11-27 23:25:50.602063+00');
INSERT INTO public.ledger_entry VALUES ('01a21f54-56f8-71c9-8177-39e1b70eaffd', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 3, 'charge', 10728.75, 21550.68, '2026-11-28', 'FV/2026/11/000003', '01a21f54-56f3-739a-9ffc-a94771542184', NULL, '2026-11-27 23:25:50.610475+00');
INSERT INTO public.ledger_entry VALUES ('01a21f54-5709-7309-b3c0-20b9e7986d6e', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 4, 'charge', 93.18, 21643.86, '2026-11-28', 'FV/2026/11/000004', '01a21f54-5705-74e6-bbb3-a7577baeda97', NULL, '2026-11-27 23:25:50.672176+00');
INSERT INTO public.ledger_entry VALUES ('01a21f54-5711-7fc3-96cc-d8170c834dfa', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 3, 'charge', 10728.75, 21550.68, '2026-11-28', 'FV/2026/11/000005', '01a21f54-570f-744d-901d-ef28a600c7cb', NULL, '2026-11-27 23:25:50.628335+00');
INSERT INTO public.ledger_entry VALUES ('01a21f54-571d-7bca-8192-5fbf9d863bfe', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 4, 'charge', 93.18, 21643.86, '2026-11-28', 'FV/2026/11/000006', '01a21f54-571b-7b21-823e-680aaaac5b87', NULL, '2026-11-27 23:25:50.687099+00');
INSERT INTO public.ledger_entry VALUES ('01a21f54-5a38-79a0-a458-12854187d81c', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 5, 'payment', -100.00, 21543.86, '2026-11-28', 'Wpłata za rachunki', NULL, 'd8c00885-8592-527e-9d06-bc6c80110d00', '2026-11-27 23:25:51.538224+00');
INSERT INTO public.ledger_entry VALUES ('01a21f54-5ef6-743d-bce3-13d1e98f0cbd', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 6, 'charge', 104.43, 21648.29, '2026-11-28', 'FV/2026/11/000007', '01a21f54-5ef4-763f-a1de-6264cdfe6f80', NULL, '2026-11-27 23:25:52.751438+00');
INSERT INTO public.ledger_entry VALUES ('01a21f54-5fc4-7c08-a441-e48481ead03b', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 5, 'charge', 104.43, 21748.29, '2026-11-28', 'FV/2026/11/000008', '01a21f54-5fc3-715d-8ca0-db4fba4623f5', NULL, '2026-11-27 23:25:52.959074+00');
INSERT INTO public.ledger_entry VALUES ('01a21f54-6263-7486-b584-991333a48fe9', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 5, 'charge', 20219.55, 41863.41, '2026-11-28', 'FV/2026/11/000009', '01a21f54-6262-7627-987a-5fee16f6a9dd', NULL, '2026-11-27 23:25:53.628598+00');
INSERT INTO public.ledger_entry VALUES ('01a21f54-6475-7475-8049-bfc8a6136c10', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 6, 'charge', 104.43, 41967.84, '2026-11-28', 'FV/2026/11/000010', '01a21f54-6473-7a10-94bc-8cadcaa25a91', NULL, '2026-11-27 23:25:54.15816+00');
INSERT INTO public.ledger_entry VALUES ('01a21f54-6563-7499-af35-92669f443d80', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 7, 'charge', 20219.55, 41867.84, '2026-11-28', 'FV/2026/11/000011', '01a21f54-6562-7dcf-8049-d938e9aaae13', NULL, '2026-11-27 23:25:54.398668+00');
INSERT INTO public.ledger_entry VALUES ('01a21f54-6720-737f-bb97-3372060e8a67', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 8, 'payment', -25.00, 41842.84, '2026-11-28', 'Wpłata za rachunki', NULL, '4415e8c8-5d73-501b-a11a-bea6e68dec1a', '2026-11-27 23:25:54.842682+00');
INSERT INTO public.outbox OVERRIDING SYSTEM VALUE VALUES (79, 'billing.ledger.posted.v1', '{"cloudEvents_id": "01a21f54-6721-7935-95d9-478f6adab2ae", "cloudEvents_time": "2026-11-27T23:25:54.842682+00:00", "cloudEvents_type": "billing.ledger.posted.v1", "cloudEvents_source": "/billing", "cloudEvents_subject": "45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa", "cloudEvents_sequence": 8, "cloudEvents_specversion": "1.0", "cloudEvents_correlationid": "01a21f54-6715-7b28-b59e-66560dfd77b5", "cloudEvents_datacontenttype": "application/json"}', '\x7b2276657273696f6e223a382c22656e7472795f6964223a2230316132316635342d363732302d373337662d626239372d333337323036306538613637222c2270617274795f6964223a2234356161393066632d623562312d353864392d396438642d336434663130376361626661222c226b696e64223a227061796d656e74222c22616d6f756e74223a222d32352e3030222c2262616c616e6365223a2234313834322e3834222c22706f737465645f6f6e223a22323032362d31312d3238222c226465736372697074696f6e223a225770c582617461207a612072616368756e6b69227d', '2026-11-27 23:25:54.842984+00');
INSERT INTO public.outbox OVERRIDING SYSTEM VALUE VALUES (80, 'billing.invoice.balance_changed.v1', '{"cloudEvents_id": "01a21f54-6727-7cd7-a8f4-66c70775db3a", "cloudEvents_time": "2026-11-27T23:25:54.842682+00:00", "cloudEvents_type": "billing.invoice.balance_changed.v1", "cloudEvents_source": "/billing", "cloudEvents_subject": "01a21f54-569f-7f84-a200-5f8864a742e1", "cloudEvents_sequence": 3, "cloudEvents_specversion": "1.0", "cloudEvents_correlationid": "01a21f54-6715-7b28-b59e-66560dfd77b5", "cloudEvents_datacontenttype": "application/json"}', '\x7b2276657273696f6e223a332c22696e766f6963655f6964223a2230316132316635342d353639662d376638342d613230302d356638383634613734326531222c2270617274795f6964223a2234356161393066632d623562312d353864392d396438642d336434663130376361626661222c2270616964223a223132352e3030222c226c656674223a2231303630332e3735222c22696e746572657374223a223131392e3633222c2261735f6f66223a22323032362d31312d3238227d', '2026-11-27 23:25:54.842984+00');
INSERT INTO public.party VALUES ('ad9d9837-e3c2-531b-b8b3-40c383995f08', '100001', 'household', 'Anna Żółć', '93111698132', NULL, NULL, 'anna@poczta.example', NULL, 'Źródlana 3', '87-800', 'Włocławek', 1);
INSERT INTO public.party VALUES ('45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', '100002', 'household', 'Jan Śliwa', '50890725145', NULL, NULL, 'jan@poczta.example', NULL, 'Źródlana 3', '87-800', 'Włocławek', 1);
INSERT INTO public.party VALUES ('7c50bf7a-3fad-505e-a1b9-a1638a6525cd', '100003', 'household', 'Ewa Bąk', '75051700483', NULL, NULL, 'ewa@poczta.example', NULL, 'Źródlana 3', '87-800', 'Włocławek', 1);
INSERT INTO public.tariff VALUES ('tarnow', '2022-09-01', 'heat', 'MPEC Tarnów', 23.00, 'mpec.tarnow.pl, change of tariff no. 16', '{"S.1.G": {"energy_pln_gj": "80.27", "carrier_pln_m3": "25.98", "capacity_pln_mw_month": "5721.66", "network_variable_pln_gj": "15.92", "network_fixed_pln_mw_month": "4346.74"}, "S.1.I": {"energy_pln_gj": "80.27", "carrier_pln_m3": "25.98", "capacity_pln_mw_month": "5721.66", "network_variable_pln_gj": "23.00", "network_fixed_pln_mw_month": "4787.92"}, "S.1.O": {"energy_pln_gj": "80.27", "carrier_pln_m3": "25.98", "capacity_pln_mw_month": "5721.66", "network_variable_pln_gj": "14.38", "network_fixed_pln_mw_month": "2679.04"}, "S.1.IO": {"energy_pln_gj": "80.27", "carrier_pln_m3": "25.98", "capacity_pln_mw_month": "5721.66", "network_variable_pln_gj": "26.37", "network_fixed_pln_mw_month": "5315.05"}}', 1);
INSERT INTO public.tariff VALUES ('tarnow', '2022-10-01', 'heat', 'MPEC Tarnów', 23.00, 'mpec.tarnow.pl, tariff no. 17', '{"S.1.G": {"energy_pln_gj": "98.86", "carrier_pln_m3": "28.79", "capacity_pln_mw_month": "6421.71", "network_variable_pln_gj": "16.94", "network_fixed_pln_mw_month": "4733.88"}, "S.1.I": {"energy_pln_gj": "98.86", "carrier_pln_m3": "28.79", "capacity_pln_mw_month": "6421.71", "network_variable_pln_gj": "24.57", "network_fixed_pln_mw_month": "5174.52"}, "S.1.O": {"energy_pln_gj": "98.86", "carrier_pln_m3": "28.79", "capacity_pln_mw_month": "6421.71", "network_variable_pln_gj": "15.77", "network_fixed_pln_mw_month": "2889.66"}, "S.1.IO": {"energy_pln_gj": "98.86", "carrier_pln_m3": "28.79", "capacity_pln_mw_month": "6421.71", "network_variable_pln_gj": "27.05", "network_fixed_pln_mw_month": "5508.97"}}', 2);
INSERT INTO public.tariff VALUES ('wloclawek', '2022-10-01', 'heat', 'MPEC Włocławek', 23.00, 'mpec.com.pl, prices with compensation, Teligi 1 plant; network charges not published there', '{"Teligi": {"energy_pln_gj": "91.73", "carrier_pln_m3": "23.13", "capacity_pln_mw_month": "7022.21"}}', 3);
INSERT INTO public.tariff VALUES ('ekoterm', '-infinity', 'heat', 'Ekoterm', 23.00, 'ekoterm.ig.pl, tariff', '{"A1": {"energy_pln_gj": "91.07", "carrier_pln_m3": "20.23", "capacity_pln_mw_month": "15914.77", "network_variable_pln_gj": "19.16", "network_fixed_pln_mw_month": "5172.87"}}', 4);
INSERT INTO public.tariff VALUES ('swietajno', '2024-01-01', 'water', 'ZGK Świętajno', 8.00, 'zgkswietajno.pl', '{"all": {"water_pln_m3": "2.47", "sewage_pln_m3": "7.94", "standing_pln_month": "3.00"}}', 5);
INSERT INTO public.tariff VALUES ('lubiewo', '2019-09-13', 'water', 'Zakład Komunalny Lubiewo', 8.00, 'lubiewo.pl', '{"all": {"water_pln_m3": "2.53", "sewage_pln_m3": "6.01", "standing_pln_month": "3.00"}}', 6);
SELECT pg_catalog.setval('public.allocation_allocation_id_seq', 2, true);
SELECT pg_catalog.setval('public.outbox_position_seq', 80, true);
SELECT pg_catalog.setval('public.tariff_revision', 6, true);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (party_id);
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_at_service_point UNIQUE (service_point, medium, billed_from);
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_number_key UNIQUE (number);
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_pkey PRIMARY KEY (agreement_id);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.allocation
    ADD CONSTRAINT allocation_pkey PRIMARY KEY (allocation_id);
ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.credit
    ADD CONSTRAINT credit_pkey PRIMARY KEY (credit_id);
ALTER TABLE ONLY public.credit
    ADD CONSTRAINT credit_reference UNIQUE (kind, reference);
ALTER TABLE ONLY public.document_job
    ADD CONSTRAINT document_job_pkey PRIMARY KEY (invoice_id);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_key_key UNIQUE (key);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (invoice_id);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (message_id);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_number_key UNIQUE (number);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_once_a_period UNIQUE (agreement_id, period_from);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_pkey PRIMARY KEY (invoice_id);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_reading_id_key UNIQUE (reading_id);
ALTER TABLE ONLY public.invoice_serial
    ADD CONSTRAINT invoice_serial_pkey PRIMARY KEY (series);
ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_of_party UNIQUE (party_id, version);
ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_pkey PRIMARY KEY (entry_id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY ("position");
ALTER TABLE ONLY public.party
    ADD CONSTRAINT party_code_key UNIQUE (code);
ALTER TABLE ONLY public.party
    ADD CONSTRAINT party_pkey PRIMARY KEY (party_id);
ALTER TABLE ONLY public.tariff
    ADD CONSTRAINT tariff_pkey PRIMARY KEY (code, valid_from);
ALTER TABLE ONLY public.tariff
    ADD CONSTRAINT tariff_revision_key UNIQUE (revision);
CREATE INDEX allocation_invoice_id ON public.allocation USING btree (invoice_id);
CREATE INDEX answer_answered_at ON public.answer USING btree (answered_at);
CREATE INDEX credit_unallocated_of_party ON public.credit USING btree (party_id) WHERE (unallocated > (0)::numeric);
CREATE INDEX document_job_next ON public.document_job USING btree (issued_on, queued_at) WHERE (given_up_at IS NULL);
CREATE INDEX document_job_waiting ON public.document_job USING btree (queued_at) WHERE (given_up_at IS NULL);
CREATE INDEX inbox_received_at ON public.inbox USING btree (received_at);
CREATE INDEX invoice_open ON public.invoice USING btree (party_id, due_on, number) WHERE (paid < gross);
CREATE INDEX invoice_overdue ON public.invoice USING btree (balance_as_of, due_on) WHERE (paid < gross);
CREATE TRIGGER invoice_is_final BEFORE DELETE OR UPDATE OF invoice_id, number, party_id, agreement_id, agreement_number, service_point, medium, reading_id, issued_on, due_on, period_from, period_to, description, items, net, vat, gross, e_invoice, buyer, registers OR TRUNCATE ON public.invoice FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER ledger_is_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.ledger_entry FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_party_id_fkey FOREIGN KEY (party_id) REFERENCES public.party(party_id);
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_party_id_fkey FOREIGN KEY (party_id) REFERENCES public.party(party_id);
ALTER TABLE ONLY public.allocation
    ADD CONSTRAINT allocation_credit_id_fkey FOREIGN KEY (credit_id) REFERENCES public.credit(credit_id);
ALTER TABLE ONLY public.allocation
    ADD CONSTRAINT allocation_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES public.invoice(invoice_id);
ALTER TABLE ONLY public.credit
    ADD CONSTRAINT credit_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES public.invoice(invoice_id);
ALTER TABLE ONLY public.credit
    ADD CONSTRAINT credit_party_id_fkey FOREIGN KEY (party_id) REFERENCES public.party(party_id);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES public.invoice(invoice_id);
ALTER TABLE ONLY public.document_job
    ADD CONSTRAINT document_job_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES public.invoice(invoice_id);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_agreement_id_fkey FOREIGN KEY (agreement_id) REFERENCES public.agreement(agreement_id);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_party_id_fkey FOREIGN KEY (party_id) REFERENCES public.party(party_id);
ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_credit_id_fkey FOREIGN KEY (credit_id) REFERENCES public.credit(credit_id);
ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES public.invoice(invoice_id);
ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_party_id_fkey FOREIGN KEY (party_id) REFERENCES public.party(party_id);
