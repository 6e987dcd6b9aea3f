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
    payment_id uuid NOT NULL,
    amount numeric(14,2) NOT NULL,
    paid_on date NOT NULL
);
COMMENT ON TABLE public.allocation IS 'Which payment paid how much of which invoice, and from which day the debt was smaller by it.';
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
    given_up_at timestamp with time zone
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
    payment_id uuid,
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
CREATE TABLE public.payment (
    payment_id uuid NOT NULL,
    reference text NOT NULL,
    party_id uuid NOT NULL,
    booked_on date NOT NULL,
    amount numeric(14,2) NOT NULL,
    title text NOT NULL,
    unallocated numeric(14,2) NOT NULL,
    CONSTRAINT payment_unallocated CHECK (((unallocated >= (0)::numeric) AND (unallocated <= amount)))
);
COMMENT ON TABLE public.payment IS 'Payments; unallocated is what no invoice needed yet.';
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
INSERT INTO public.account VALUES ('ad9d9837-e3c2-531b-b8b3-40c383995f08', 21643.86, 4);
INSERT INTO public.account VALUES ('7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 21748.29, 5);
INSERT INTO public.account VALUES ('45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 41842.84, 8);
INSERT INTO public.agreement VALUES ('f36fe4e6-0b10-5690-8492-1118c214e172', 'UC/2019/0001', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'heat', 'PC-100001', 'ekoterm', 'A1', 0.100000, '2019-03-01', '2026-08-31', true, 1);
INSERT INTO public.agreement VALUES ('d3bc5cb9-dc09-535a-9d4d-9aaac22b435d', 'UW/2019/0001', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'water', 'PW-100001', 'swietajno', 'all', NULL, '2019-03-01', '2026-08-31', true, 1);
INSERT INTO public.agreement VALUES ('3e070d8c-4026-54fe-8b5b-5c1cbfbb195c', 'UC/2019/0002', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'heat', 'PC-100002', 'ekoterm', 'A1', 0.100000, '2019-03-01', '2026-08-31', true, 1);
INSERT INTO public.agreement VALUES ('e0a1711e-ce4e-5c11-aea2-af8ca8c027a9', 'UW/2019/0002', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'water', 'PW-100002', 'swietajno', 'all', NULL, '2019-03-01', '2026-08-31', true, 1);
INSERT INTO public.agreement VALUES ('a18efe1e-a41c-5153-acd8-bdc97dc677a4', 'UC/2019/0003', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'heat', 'PC-100003', 'ekoterm', 'A1', 0.100000, '2019-03-01', '2026-08-31', true, 1);
INSERT INTO public.agreement VALUES ('70e7bf79-41a2-5aa9-bf2c-f6c10409f1ed', 'UW/2019/0003', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'water', 'PW-100003', 'swietajno', 'all', NULL, '2019-03-01', '2026-08-31', true, 1);
INSERT INTO public.alembic_version VALUES ('0001');
INSERT INTO public.allocation OVERRIDING SYSTEM VALUE VALUES (1, '01a21582-a315-7c33-b649-a175f0b13a44', 'd8c00885-8592-527e-9d06-bc6c80110d00', 100.00, '2026-11-26');
INSERT INTO public.allocation OVERRIDING SYSTEM VALUE VALUES (2, '01a21582-a315-7c33-b649-a175f0b13a44', '4415e8c8-5d73-501b-a11a-bea6e68dec1a', 25.00, '2026-11-26');
INSERT INTO public.document VALUES ('01a21582-a217-7f19-ab9b-f855a689f48f', 'invoices/2026/10/01a21582-a217-7f19-ab9b-f855a689f48f.pdf', 50817, '2a3e54a3cb1dcbfb686d6e185035345322c3c96e8581b094006eb3f544048190', '2026-11-26 01:40:12.806377+00');
INSERT INTO public.document VALUES ('01a21582-a262-72bf-83c6-f85e156add50', 'invoices/2026/10/01a21582-a262-72bf-83c6-f85e156add50.pdf', 50966, '945363443f81596c9fa64de8d67544a159a236b59c404bd9d7703653d6a44f56', '2026-11-26 01:40:12.806377+00');
INSERT INTO public.document VALUES ('01a21582-a2c8-7547-942a-7af98f48d559', 'invoices/2026/10/01a21582-a2c8-7547-942a-7af98f48d559.pdf', 48367, '870415dd44fc1cd97bd90ba9809d10007d1076bb57bb127abec37f00aa2c8342', '2026-11-26 01:40:14.310926+00');
INSERT INTO public.document VALUES ('01a21582-a315-7c33-b649-a175f0b13a44', 'invoices/2026/10/01a21582-a315-7c33-b649-a175f0b13a44.pdf', 50903, '05072e168c080fee1ce767ba11f5b3edfde535696e27b2f96cfa15c62472c8ba', '2026-11-26 01:40:14.310926+00');
INSERT INTO public.document VALUES ('01a21582-a341-7004-b3d0-26d5c6a56a82', 'invoices/2026/11/01a21582-a341-7004-b3d0-26d5c6a56a82.pdf', 50813, '1298c98be79d3bc44e608027d519bc0ae409c08c70b1d18e4e29442d668d27d8', '2026-11-26 01:40:14.310926+00');
INSERT INTO public.document VALUES ('01a21582-a38e-7d5f-bae7-69419eefa944', 'invoices/2026/10/01a21582-a38e-7d5f-bae7-69419eefa944.pdf', 48365, 'd34bb67e99883b899062cd558381d4fffceec2c2e763005f75b07a98f31ec89b', '2026-11-26 01:40:14.310926+00');
INSERT INTO public.document VALUES ('01a21582-a3b4-7aca-a87a-e093294abfb7', 'invoices/2026/11/01a21582-a3b4-7aca-a87a-e093294abfb7.pdf', 48251, 'f8f0ddbd545e41d11cdf3254b172c7573c01cc4320f13e2b7b084edf086a080b', '2026-11-26 01:40:14.310926+00');
INSERT INTO public.document VALUES ('01a21582-a3cd-72b4-ae63-a94d8a34f4ae', 'invoices/2026/10/01a21582-a3cd-72b4-ae63-a94d8a34f4ae.pdf', 48339, 'dc7938588ca34265a6428b1b1bf646d51a02031e2a7328d009a1684212ae6121', '2026-11-26 01:40:14.310926+00');
INSERT INTO public.document VALUES ('01a21582-a3d6-7e37-a663-f13e38adbc8f', 'invoices/2026/11/01a21582-a3d6-7e37-a663-f13e38adbc8f.pdf', 50930, '4b732dc26b8c58676a94365ebb21a3af2e70dc9ef1662374fac77c16585e6dd5', '2026-11-26 01:40:14.310926+00');
INSERT INTO public.document VALUES ('01a21582-a3f5-70bf-8dcb-be4ce50593f6', 'invoices/2026/11/01a21582-a3f5-70bf-8dcb-be4ce50593f6.pdf', 48359, '1ee1bf262c292ed9b65f486fdd9d92e8a97eec6b0763f07a2e6284cab1e87b5f', '2026-11-26 01:40:14.310926+00');
INSERT INTO public.document VALUES ('01a21582-a41c-72d4-a806-4dbcec42db47', 'invoices/2026/11/01a21582-a41c-72d4-a806-4dbcec42db47.pdf', 48332, 'c8b024453e2ecb4d0f8d4acf95af143abbea9c5196a6e46369d85e70869d4783', '2026-11-26 01:40:14.310926+00');
INSERT INTO public.document VALUES ('01a21582-a440-73bd-9ed4-c1bb8f409b21', 'invoices/2026/11/01a21582-a440-73bd-9ed4-c1bb8f409b21.pdf', 50788, 'ea61f553514ab9735a53bda1219a6b8197144e527f25b865fa2c2ed516f7991e', '2026-11-26 01:40:14.310926+00');
INSERT INTO public.document VALUES ('01a21582-c671-78dc-ba78-a37509849580', 'invoices/2026/11/01a21582-c671-78dc-ba78-a37509849580.pdf', 48319, '19f1b71e0986e1604260ea1fb9dd31bf1accfab053c5afad3748c162b355ded7', '2026-11-26 01:40:22.260959+00');
INSERT INTO public.document VALUES ('01a21582-cb28-7dd3-8004-1918b7e8cdcc', 'invoices/2026/11/01a21582-cb28-7dd3-8004-1918b7e8cdcc.pdf', 48412, 'b1e57065398e1a049c4e7978c92e961edcd9e48f52679e156c259d62e9086301', '2026-11-26 01:40:23.536676+00');
INSERT INTO public.document_job VALUES ('01a21582-cfc6-7896-89a3-ea677a266510', '2026-11-26', '2026-11-26 01:40:24.095834+00', '01a21582-cf63-721c-a8df-32c47c16fa4e', '2026-11-26 01:40:39.81434+00', 1, 'GenericError: Generic LocalFileSystem error: Unable to open file /var/lib/ebok/files/invoices/2026/11/01a21582-cfc6-7896-89a3-ea677a266510.pdf#1: Not a directory (os error 20)

Debug source:
Generic {
    store: "LocalFileSystem",
    source: UnableToOpenFile {
        source: Os {
            code: 20,
            kind: NotADirectory,
            message: "Not a directory",
        },
        path: "/var/lib/ebok/files/invoices/2026/11/01a21582-cfc6-7896-89a3-ea677a266510.pdf#1",
    },
}', NULL);
INSERT INTO public.inbox VALUES ('01a21582-a115-797e-a5a3-d74526025bf2', '2026-11-26 01:40:12.210118+00');
INSERT INTO public.inbox VALUES ('01a21582-a115-7f82-afbb-a21c6c4aee5b', '2026-11-26 01:40:12.224462+00');
INSERT INTO public.inbox VALUES ('01a21582-a115-7d2a-b928-87a2fd4c635f', '2026-11-26 01:40:12.224707+00');
INSERT INTO public.inbox VALUES ('01a21582-a115-7831-9359-9aa1a583bcdb', '2026-11-26 01:40:12.2262+00');
INSERT INTO public.inbox VALUES ('01a21582-a115-788a-9ba9-a4377cfecb5b', '2026-11-26 01:40:12.337033+00');
INSERT INTO public.inbox VALUES ('01a21582-a115-74e0-b309-5d08c3413f6f', '2026-11-26 01:40:12.318449+00');
INSERT INTO public.inbox VALUES ('01a21582-a115-7a1d-a87b-832711623b8d', '2026-11-26 01:40:12.344811+00');
INSERT INTO public.inbox VALUES ('01a21582-a115-7c23-ba9c-e010ed73f3f7', '2026-11-26 01:40:12.345374+00');
INSERT INTO public.inbox VALUES ('01a21582-a115-7948-a9e9-c04860de1cc9', '2026-11-26 01:40:12.389139+00');
INSERT INTO public.inbox VALUES ('01a21582-a115-77ae-8135-6429ff57b869', '2026-11-26 01:40:12.400785+00');
INSERT INTO public.inbox VALUES ('01a21582-a115-7e14-b9f9-1317d1c94a5a', '2026-11-26 01:40:12.408697+00');
INSERT INTO public.inbox VALUES ('01a21582-a115-7fd6-8b86-bdf025d3fcb5', '2026-11-26 01:40:12.411783+00');
INSERT INTO public.inbox VALUES ('01a21582-a115-74b9-8e9a-8c2964380bb1', '2026-11-26 01:40:12.470002+00');
INSERT INTO public.inbox VALUES ('01a21582-a115-7a69-be3f-c369f8e0f48c', '2026-11-26 01:40:12.475726+00');
INSERT INTO public.inbox VALUES ('01a21582-a115-70f8-9162-0a78ed452f22', '2026-11-26 01:40:12.589519+00');
INSERT INTO public.inbox VALUES ('01a21582-a116-7a49-a80f-65e83eb510d9', '2026-11-26 01:40:12.641706+00');
INSERT INTO public.inbox VALUES ('01a21582-a116-7813-a0ae-865ee87470b9', '2026-11-26 01:40:12.756359+00');
INSERT INTO public.inbox VALUES ('01a21582-a116-7910-b27b-0c5fc00e8e84', '2026-11-26 01:40:12.839379+00');
INSERT INTO public.inbox VALUES ('01a21582-c60c-7b4f-9d9a-c22097c18a99', '2026-11-26 01:40:21.710119+00');
INSERT INTO public.inbox VALUES ('01a21582-cae6-70f0-b42a-48002c3bcef4', '2026-11-26 01:40:22.921847+00');
INSERT INTO public.inbox VALUES ('01a21582-cf7e-79a0-9ba5-6178f0a61652', '2026-11-26 01:40:24.09812+00');
INSERT INTO public.invoice VALUES ('01a21582-a217-7f19-ab9b-f855a689f48f', 'FV/2026/10/000001', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'f36fe4e6-0b10-5690-8492-1118c214e172', 'UC/2019/0001', 'PC-100001', 'heat', '269d9a27-588e-5840-b350-1b26947c89d3', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Ciepło, 01.09.2026 – 30.09.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, true, '{"nip": null, "city": "Włocławek", "code": "100001", "name": "Anna Żółć", "street": "ul. Źródlana 3", "postal_code": "87-800"}', '{"unit": "GJ", "value": "1060.000", "source": "remote", "read_on": "2026-09-30", "meter_number": "H-1", "previous_value": "1000.000", "previous_read_on": "2026-08-31"}', 0.00, 114.20, '2026-11-26', 1);
INSERT INTO public.invoice VALUES ('01a21582-a262-72bf-83c6-f85e156add50', 'FV/2026/10/000002', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'a18efe1e-a41c-5153-acd8-bdc97dc677a4', 'UC/2019/0003', 'PC-100003', 'heat', '6a9fd5f9-9a4e-58ec-81cd-eea4dc152457', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Ciepło, 01.09.2026 – 30.09.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, true, '{"nip": null, "city": "Włocławek", "code": "100003", "name": "Ewa Bąk", "street": "ul. Źródlana 3", "postal_code": "87-800"}', '{"unit": "GJ", "value": "1060.000", "source": "remote", "read_on": "2026-09-30", "meter_number": "H-3", "previous_value": "1000.000", "previous_read_on": "2026-08-31"}', 0.00, 114.20, '2026-11-26', 1);
INSERT INTO public.invoice VALUES ('01a21582-a2c8-7547-942a-7af98f48d559', 'FV/2026/10/000003', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'd3bc5cb9-dc09-535a-9d4d-9aaac22b435d', 'UW/2019/0001', 'PW-100001', 'water', '67d60722-53a3-5724-86a6-9594ff16095a', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Woda i ścieki, 01.09.2026 – 30.09.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, true, '{"nip": null, "city": "Włocławek", "code": "100001", "name": "Anna Żółć", "street": "ul. Źródlana 3", "postal_code": "87-800"}', '{"unit": "m3", "value": "208.000", "source": "actual", "read_on": "2026-09-30", "meter_number": "W-1", "previous_value": "200.000", "previous_read_on": "2026-08-31"}', 0.00, 0.99, '2026-11-26', 1);
INSERT INTO public.invoice VALUES ('01a21582-a341-7004-b3d0-26d5c6a56a82', 'FV/2026/11/000001', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'f36fe4e6-0b10-5690-8492-1118c214e172', 'UC/2019/0001', 'PC-100001', 'heat', '527827f8-cde9-567f-a085-f2bfa7cb4cb6', '2026-11-26', '2026-12-10', '2026-10-01', '2026-10-31', 'Ciepło, 01.10.2026 – 31.10.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, true, '{"nip": null, "city": "Włocławek", "code": "100001", "name": "Anna Żółć", "street": "ul. Źródlana 3", "postal_code": "87-800"}', '{"unit": "GJ", "value": "1120.000", "source": "remote", "read_on": "2026-10-31", "meter_number": "H-1", "previous_value": "1060.000", "previous_read_on": "2026-09-30"}', 0.00, 0.00, '2026-11-26', 1);
INSERT INTO public.invoice VALUES ('01a21582-a38e-7d5f-bae7-69419eefa944', 'FV/2026/10/000005', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', '70e7bf79-41a2-5aa9-bf2c-f6c10409f1ed', 'UW/2019/0003', 'PW-100003', 'water', '367227d9-28ad-58f4-9fe2-30a3f645621c', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Woda i ścieki, 01.09.2026 – 30.09.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, true, '{"nip": null, "city": "Włocławek", "code": "100003", "name": "Ewa Bąk", "street": "ul. Źródlana 3", "postal_code": "87-800"}', '{"unit": "m3", "value": "208.000", "source": "actual", "read_on": "2026-09-30", "meter_number": "W-3", "previous_value": "200.000", "previous_read_on": "2026-08-31"}', 0.00, 0.99, '2026-11-26', 1);
INSERT INTO public.invoice VALUES ('01a21582-a3b4-7aca-a87a-e093294abfb7', 'FV/2026/11/000002', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'd3bc5cb9-dc09-535a-9d4d-9aaac22b435d', 'UW/2019/0001', 'PW-100001', 'water', '37570613-2e2c-5aa9-9e45-239ed6fbe6cc', '2026-11-26', '2026-12-10', '2026-10-01', '2026-10-31', 'Woda i ścieki, 01.10.2026 – 31.10.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, true, '{"nip": null, "city": "Włocławek", "code": "100001", "name": "Anna Żółć", "street": "ul. Źródlana 3", "postal_code": "87-800"}', '{"unit": "m3", "value": "216.000", "source": "actual", "read_on": "2026-10-31", "meter_number": "W-1", "previous_value": "208.000", "previous_read_on": "2026-09-30"}', 0.00, 0.00, '2026-11-26', 1);
INSERT INTO public.invoice VALUES ('01a21582-c671-78dc-ba78-a37509849580', 'FV/2026/11/000007', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'e0a1711e-ce4e-5c11-aea2-af8ca8c027a9', 'UW/2019/0002', 'PW-100002', 'water', '987e7881-adc7-596e-8b20-dd3165065b06', '2026-11-26', '2026-12-10', '2026-11-01', '2026-11-26', 'Woda i ścieki, 01.11.2026 – 26.11.2026', '[{"net": "22.23", "vat": "1.78", "name": "Woda", "unit": "m3", "gross": "24.01", "quantity": "9.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "71.46", "vat": "5.72", "name": "Ścieki", "unit": "m3", "gross": "77.18", "quantity": "9.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 96.69, 7.74, 104.43, true, '{"nip": null, "city": "Włocławek", "code": "100002", "name": "Jan Śliwa", "street": "ul. Źródlana 3", "postal_code": "87-800"}', '{"unit": "m3", "value": "225.000", "source": "customer", "read_on": "2026-11-26", "meter_number": "W-2", "previous_value": "216.000", "previous_read_on": "2026-10-31"}', 0.00, 0.00, '2026-11-26', 1);
INSERT INTO public.invoice VALUES ('01a21582-a3cd-72b4-ae63-a94d8a34f4ae', 'FV/2026/10/000006', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'e0a1711e-ce4e-5c11-aea2-af8ca8c027a9', 'UW/2019/0002', 'PW-100002', 'water', 'eebe9f79-84f5-53f9-95d7-d8d0502af3a9', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Woda i ścieki, 01.09.2026 – 30.09.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, true, '{"nip": null, "city": "Włocławek", "code": "100002", "name": "Jan Śliwa", "street": "ul. Źródlana 3", "postal_code": "87-800"}', '{"unit": "m3", "value": "208.000", "source": "actual", "read_on": "2026-09-30", "meter_number": "W-2", "previous_value": "200.000", "previous_read_on": "2026-08-31"}', 0.00, 0.99, '2026-11-26', 1);
INSERT INTO public.invoice VALUES ('01a21582-a3d6-7e37-a663-f13e38adbc8f', 'FV/2026/11/000003', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'a18efe1e-a41c-5153-acd8-bdc97dc677a4', 'UC/2019/0003', 'PC-100003', 'heat', '08773dc9-753c-5162-a6ba-e8897a4ef132', '2026-11-26', '2026-12-10', '2026-10-01', '2026-10-31', 'Ciepło, 01.10.2026 – 31.10.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, true, '{"nip": null, "city": "Włocławek", "code": "100003", "name": "Ewa Bąk", "street": "ul. Źródlana 3", "postal_code": "87-800"}', '{"unit": "GJ", "value": "1120.000", "source": "remote", "read_on": "2026-10-31", "meter_number": "H-3", "previous_value": "1060.000", "previous_read_on": "2026-09-30"}', 0.00, 0.00, '2026-11-26', 1);
INSERT INTO public.invoice VALUES ('01a21582-a3f5-70bf-8dcb-be4ce50593f6', 'FV/2026/11/000004', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', '70e7bf79-41a2-5aa9-bf2c-f6c10409f1ed', 'UW/2019/0003', 'PW-100003', 'water', 'dda20f37-9e20-5e4f-a076-69c3206ac597', '2026-11-26', '2026-12-10', '2026-10-01', '2026-10-31', 'Woda i ścieki, 01.10.2026 – 31.10.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, true, '{"nip": null, "city": "Włocławek", "code": "100003", "name": "Ewa Bąk", "street": "ul. Źródlana 3", "postal_code": "87-800"}', '{"unit": "m3", "value": "216.000", "source": "actual", "read_on": "2026-10-31", "meter_number": "W-3", "previous_value": "208.000", "previous_read_on": "2026-09-30"}', 0.00, 0.00, '2026-11-26', 1);
INSERT INTO public.invoice VALUES ('01a21582-a41c-72d4-a806-4dbcec42db47', 'FV/2026/11/000005', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'e0a1711e-ce4e-5c11-aea2-af8ca8c027a9', 'UW/2019/0002', 'PW-100002', 'water', '81189ed8-4e26-56d3-9ddb-ab327e1510bf', '2026-11-26', '2026-12-10', '2026-10-01', '2026-10-31', 'Woda i ścieki, 01.10.2026 – 31.10.2026', '[{"net": "19.76", "vat": "1.58", "name": "Woda", "unit": "m3", "gross": "21.34", "quantity": "8.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "63.52", "vat": "5.08", "name": "Ścieki", "unit": "m3", "gross": "68.60", "quantity": "8.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 86.28, 6.90, 93.18, true, '{"nip": null, "city": "Włocławek", "code": "100002", "name": "Jan Śliwa", "street": "ul. Źródlana 3", "postal_code": "87-800"}', '{"unit": "m3", "value": "216.000", "source": "actual", "read_on": "2026-10-31", "meter_number": "W-2", "previous_value": "208.000", "previous_read_on": "2026-09-30"}', 0.00, 0.00, '2026-11-26', 1);
INSERT INTO public.invoice VALUES ('01a21582-a440-73bd-9ed4-c1bb8f409b21', 'FV/2026/11/000006', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', '3e070d8c-4026-54fe-8b5b-5c1cbfbb195c', 'UC/2019/0002', 'PC-100002', 'heat', 'b29b80d5-26cf-5ce2-a590-06c54435a20a', '2026-11-26', '2026-12-10', '2026-10-01', '2026-10-31', 'Ciepło, 01.10.2026 – 31.10.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, true, '{"nip": null, "city": "Włocławek", "code": "100002", "name": "Jan Śliwa", "street": "ul. Źródlana 3", "postal_code": "87-800"}', '{"unit": "GJ", "value": "1120.000", "source": "remote", "read_on": "2026-10-31", "meter_number": "H-2", "previous_value": "1060.000", "previous_read_on": "2026-09-30"}', 0.00, 0.00, '2026-11-26', 1);
INSERT INTO public.invoice VALUES ('01a21582-cb28-7dd3-8004-1918b7e8cdcc', 'FV/2026/11/000008', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', '70e7bf79-41a2-5aa9-bf2c-f6c10409f1ed', 'UW/2019/0003', 'PW-100003', 'water', 'e2f3fc7e-ba4f-5f4d-9d43-c2644fcf8fc0', '2026-11-26', '2026-12-10', '2026-11-01', '2026-11-26', 'Woda i ścieki, 01.11.2026 – 26.11.2026', '[{"net": "22.23", "vat": "1.78", "name": "Woda", "unit": "m3", "gross": "24.01", "quantity": "9.000", "vat_rate": "8", "unit_price": "2.47"}, {"net": "71.46", "vat": "5.72", "name": "Ścieki", "unit": "m3", "gross": "77.18", "quantity": "9.000", "vat_rate": "8", "unit_price": "7.94"}, {"net": "3.00", "vat": "0.24", "name": "Opłata abonamentowa", "unit": "month", "gross": "3.24", "quantity": "1", "vat_rate": "8", "unit_price": "3.00"}]', 96.69, 7.74, 104.43, true, '{"nip": null, "city": "Włocławek", "code": "100003", "name": "Ewa Bąk", "street": "ul. Źródlana 3", "postal_code": "87-800"}', '{"unit": "m3", "value": "225.000", "source": "remote", "read_on": "2026-11-26", "meter_number": "W-3", "previous_value": "216.000", "previous_read_on": "2026-10-31"}', 0.00, 0.00, '2026-11-26', 1);
INSERT INTO public.invoice VALUES ('01a21582-a315-7c33-b649-a175f0b13a44', 'FV/2026/10/000004', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', '3e070d8c-4026-54fe-8b5b-5c1cbfbb195c', 'UC/2019/0002', 'PC-100002', 'heat', 'f55c58a9-34db-5476-b346-e876a8c98870', '2026-10-01', '2026-10-15', '2026-09-01', '2026-09-30', 'Ciepło, 01.09.2026 – 30.09.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "5464.20", "vat": "1256.77", "name": "Ciepło", "unit": "GJ", "gross": "6720.97", "quantity": "60.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.97", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.25", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "1149.60", "vat": "264.41", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "1414.01", "quantity": "60.000", "vat_rate": "23", "unit_price": "19.16"}]', 8722.56, 2006.19, 10728.75, true, '{"nip": null, "city": "Włocławek", "code": "100002", "name": "Jan Śliwa", "street": "ul. Źródlana 3", "postal_code": "87-800"}', '{"unit": "GJ", "value": "1060.000", "source": "remote", "read_on": "2026-09-30", "meter_number": "H-2", "previous_value": "1000.000", "previous_read_on": "2026-08-31"}', 125.00, 114.20, '2026-11-26', 3);
INSERT INTO public.invoice VALUES ('01a21582-cfc6-7896-89a3-ea677a266510', 'FV/2026/11/000009', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', '3e070d8c-4026-54fe-8b5b-5c1cbfbb195c', 'UC/2019/0002', 'PC-100002', 'heat', '2aa11132-bacd-597b-9435-9ec28aa1bfce', '2026-11-26', '2026-12-10', '2026-11-01', '2026-11-26', 'Ciepło, 01.11.2026 – 26.11.2026', '[{"net": "1591.48", "vat": "366.04", "name": "Moc zamówiona", "unit": "MW·month", "gross": "1957.52", "quantity": "0.100000", "vat_rate": "23", "unit_price": "15914.77"}, {"net": "11839.10", "vat": "2722.99", "name": "Ciepło", "unit": "GJ", "gross": "14562.09", "quantity": "130.000", "vat_rate": "23", "unit_price": "91.07"}, {"net": "517.28", "vat": "118.98", "name": "Opłata przesyłowa stała", "unit": "MW·month", "gross": "636.26", "quantity": "0.100000", "vat_rate": "23", "unit_price": "5172.87"}, {"net": "2490.80", "vat": "572.88", "name": "Opłata przesyłowa zmienna", "unit": "GJ", "gross": "3063.68", "quantity": "130.000", "vat_rate": "23", "unit_price": "19.16"}]', 16438.66, 3780.89, 20219.55, true, '{"nip": null, "city": "Włocławek", "code": "100002", "name": "Jan Śliwa", "street": "ul. Źródlana 3", "postal_code": "87-800"}', '{"unit": "GJ", "value": "1250.000", "source": "remote", "read_on": "2026-11-26", "meter_number": "H-2", "previous_value": "1120.000", "previous_read_on": "2026-10-31"}', 0.00, 0.00, '2026-11-26', 1);
INSERT INTO public.invoice_serial VALUES ('FV/2026/11/000000', 9);
INSERT INTO public.invoice_serial VALUES ('FV/2026/10/000000', 6);
INSERT INTO public.ledger_entry VALUES ('01a21582-a234-7762-8779-249593ce78f5', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 1, 'charge', 10728.75, 10728.75, '2026-10-01', 'FV/2026/10/000001', '01a21582-a217-7f19-ab9b-f855a689f48f', NULL, '2026-11-26 01:40:12.335597+00');
INSERT INTO public.ledger_entry VALUES ('01a21582-a272-7b41-a077-7e26b1f96e4c', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 1, 'charge', 10728.75, 10728.75, '2026-10-01', 'FV/2026/10/000002', '01a21582-a262-72bf-83c6-f85e156add50', NULL, '2026-11-26 01:40:12.387849+00');
INSERT INTO public.ledger_entry VALUES ('01a21582-a2d8-7f39-ad2d-4dcf4259b87e', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 2, 'charge', 93.18, 10821.93, '2026-10-01', 'FV/2026/10/000003', '01a21582-a2c8-7547-942a-7af98f48d559', NULL, '2026-11-26 01:40:12.40018+00');
INSERT INTO public.ledger_entry VALUES ('01a21582-a332-7296-8f58-a37612bde68c', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 1, 'charge', 10728.75, 10728.75, '2026-10-01', 'FV/2026/10/000004', '01a21582-a315-7c33-b649-a175f0b13a44', NULL, '2026-11-26 01:40:12.342621+00');
INSERT INTO public.ledger_entry VALUES ('01a21582-a364-77ed-97fb-129ae8ef2345', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 3, 'charge', 10728.75, 21550.68, '2026-11-26', 'FV/2026/11/000001', '01a21582-a341-7004-b3d0-26d5c6a56a82', NULL, '2026-11-26 01:40:12.461932+00');
INSERT INTO public.ledger_entry VALUES ('01a21582-a396-7e8d-8bfe-d37c42d11225', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 2, 'charge', 93.18, 10821.93, '2026-10-01', 'FV/2026/10/000005', '01a21582-a38e-7d5f-bae7-69419eefa944', NULL, '2026-11-26 01:40:12.410997+00');
INSERT INTO public.ledger_entry VALUES ('01a21582-a3bd-76c4-9b87-622012b5540c', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 4, 'charge', 93.18, 21643.86, '2026-11-26', 'FV/2026/11/000002', '01a21582-a3b4-7aca-a87a-e093294abfb7', NULL, '2026-11-26 01:40:12.641063+00');
INSERT INTO public.ledger_entry VALUES ('01a21582-a3dc-75ed-9b2c-7559169e6d1c', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 3, 'charge', 10728.75, 21550.68, '2026-11-26', 'FV/2026/11/000003', '01a21582-a3d6-7e37-a663-f13e38adbc8f', NULL, '2026-11-26 01:40:12.58816+00');
INSERT INTO public.ledger_entry VALUES ('01a21582-a3dd-7fb5-bc9f-5bd8d328d93a', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 2, 'charge', 93.18, 10821.93, '2026-10-01', 'FV/2026/10/000006', '01a21582-a3cd-72b4-ae63-a94d8a34f4ae', NULL, '2026-11-26 01:40:12.407018+00');
INSERT INTO public.ledger_entry VALUES ('01a21582-a3ff-7786-a670-bd9aeffdf8b9', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 4, 'charge', 93.18, 21643.86, '2026-11-26', 'FV/2026/11/000004', '01a21582-a3f5-70bf-8dcb-be4ce50593f6', NULL, '2026-11-26 01:40:12.838745+00');
INSERT INTO public.ledger_entry VALUES ('01a21582-a422-7fbb-a529-d86194f33f95', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 3, 'charge', 93.18, 10915.11, '2026-11-26', 'FV/2026/11/000005', '01a21582-a41c-72d4-a806-4dbcec42db47', NULL, '2026-11-26 01:40:12.755571+00');
INSERT INTO public.ledger_entry VALUES ('01a21582-a44e-79db-9e4e-c1945723606b', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 4, 'charge', 10728.75, 21643.86, '2026-11-26', 'FV/2026/11/000006', '01a21582-a440-73bd-9ed4-c1bb8f409b21', NULL, '2026-11-26 01:40:12.474881+00');
INSERT INTO public.ledger_entry VALUES ('01a21582-b10a-7697-aaab-6291e19bbd11', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 5, 'payment', -100.00, 21543.86, '2026-11-26', 'Wpłata za rachunki', NULL, 'd8c00885-8592-527e-9d06-bc6c80110d00', '2026-11-26 01:40:16.219123+00');
INSERT INTO public.ledger_entry VALUES ('01a21582-c685-741a-8334-791f3497d5fc', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 6, 'charge', 104.43, 21648.29, '2026-11-26', 'FV/2026/11/000007', '01a21582-c671-78dc-ba78-a37509849580', NULL, '2026-11-26 01:40:21.700976+00');
INSERT INTO public.ledger_entry VALUES ('01a21582-cb32-7765-9642-5bf1e58d2977', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 5, 'charge', 104.43, 21748.29, '2026-11-26', 'FV/2026/11/000008', '01a21582-cb28-7dd3-8004-1918b7e8cdcc', NULL, '2026-11-26 01:40:22.919941+00');
INSERT INTO public.ledger_entry VALUES ('01a21582-cfc9-73d4-9544-0e8bec973404', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 7, 'charge', 20219.55, 41867.84, '2026-11-26', 'FV/2026/11/000009', '01a21582-cfc6-7896-89a3-ea677a266510', NULL, '2026-11-26 01:40:24.095834+00');
INSERT INTO public.ledger_entry VALUES ('01a21582-d3f5-732f-be6b-c096382f9121', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 8, 'payment', -25.00, 41842.84, '2026-11-26', 'Wpłata za rachunki', NULL, '4415e8c8-5d73-501b-a11a-bea6e68dec1a', '2026-11-26 01:40:25.179173+00');
INSERT INTO public.outbox OVERRIDING SYSTEM VALUE VALUES (71, 'billing.ledger.posted.v1', '{"cloudEvents_id": "01a21582-d3fb-75a8-a38e-6d6947c4a27f", "cloudEvents_time": "2026-11-26T01:40:25.179173+00:00", "cloudEvents_type": "billing.ledger.posted.v1", "cloudEvents_source": "/billing", "cloudEvents_subject": "45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa", "cloudEvents_sequence": 8, "cloudEvents_specversion": "1.0", "cloudEvents_correlationid": "01a21582-d3be-7ba0-ad29-a2ce2f32fecc", "cloudEvents_datacontenttype": "application/json"}', '\x7b2276657273696f6e223a382c22656e7472795f6964223a2230316132313538322d643366352d373332662d626536622d633039363338326639313231222c2270617274795f6964223a2234356161393066632d623562312d353864392d396438642d336434663130376361626661222c226b696e64223a227061796d656e74222c22616d6f756e74223a222d32352e3030222c2262616c616e6365223a2234313834322e3834222c22706f737465645f6f6e223a22323032362d31312d3236222c226465736372697074696f6e223a225770c582617461207a612072616368756e6b69227d', '2026-11-26 01:40:25.182099+00');
INSERT INTO public.outbox OVERRIDING SYSTEM VALUE VALUES (72, 'billing.invoice.balance_changed.v1', '{"cloudEvents_id": "01a21582-d417-7c90-ba6e-92d26f538604", "cloudEvents_time": "2026-11-26T01:40:25.179173+00:00", "cloudEvents_type": "billing.invoice.balance_changed.v1", "cloudEvents_source": "/billing", "cloudEvents_subject": "01a21582-a315-7c33-b649-a175f0b13a44", "cloudEvents_sequence": 3, "cloudEvents_specversion": "1.0", "cloudEvents_correlationid": "01a21582-d3be-7ba0-ad29-a2ce2f32fecc", "cloudEvents_datacontenttype": "application/json"}', '\x7b2276657273696f6e223a332c22696e766f6963655f6964223a2230316132313538322d613331352d376333332d623634392d613137356630623133613434222c2270617274795f6964223a2234356161393066632d623562312d353864392d396438642d336434663130376361626661222c2270616964223a223132352e3030222c226c656674223a2231303630332e3735222c22696e746572657374223a223131342e3230222c2261735f6f66223a22323032362d31312d3236227d', '2026-11-26 01:40:25.182099+00');
INSERT INTO public.party VALUES ('ad9d9837-e3c2-531b-b8b3-40c383995f08', '100001', 'household', 'Anna Żółć', '93111698132', NULL, NULL, 'anna@poczta.example', NULL, 'ul. Źródlana 3', '87-800', 'Włocławek', 1);
INSERT INTO public.party VALUES ('45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', '100002', 'household', 'Jan Śliwa', '50890725145', NULL, NULL, 'jan@poczta.example', NULL, 'ul. Źródlana 3', '87-800', 'Włocławek', 1);
INSERT INTO public.party VALUES ('7c50bf7a-3fad-505e-a1b9-a1638a6525cd', '100003', 'household', 'Ewa Bąk', '75051700483', NULL, NULL, 'ewa@poczta.example', NULL, 'ul. Źródlana 3', '87-800', 'Włocławek', 1);
INSERT INTO public.payment VALUES ('d8c00885-8592-527e-9d06-bc6c80110d00', 'WB/1', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', '2026-11-26', 100.00, 'Wpłata za rachunki', 0.00);
INSERT INTO public.payment VALUES ('4415e8c8-5d73-501b-a11a-bea6e68dec1a', 'WB/2', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', '2026-11-26', 25.00, 'Wpłata za rachunki', 0.00);
INSERT INTO public.tariff VALUES ('tarnow', '2022-09-01', 'heat', 'MPEC Tarnów', 23.00, 'mpec.tarnow.pl, change of tariff no. 16', '{"S.1.G": {"energy_pln_gj": "80.27", "carrier_pln_m3": "25.98", "capacity_pln_mw_month": "5721.66", "network_variable_pln_gj": "15.92", "network_fixed_pln_mw_month": "4346.74"}, "S.1.I": {"energy_pln_gj": "80.27", "carrier_pln_m3": "25.98", "capacity_pln_mw_month": "5721.66", "network_variable_pln_gj": "23.00", "network_fixed_pln_mw_month": "4787.92"}, "S.1.O": {"energy_pln_gj": "80.27", "carrier_pln_m3": "25.98", "capacity_pln_mw_month": "5721.66", "network_variable_pln_gj": "14.38", "network_fixed_pln_mw_month": "2679.04"}, "S.1.IO": {"energy_pln_gj": "80.27", "carrier_pln_m3": "25.98", "capacity_pln_mw_month": "5721.66", "network_variable_pln_gj": "26.37", "network_fixed_pln_mw_month": "5315.05"}}', 1);
INSERT INTO public.tariff VALUES ('tarnow', '2022-10-01', 'heat', 'MPEC Tarnów', 23.00, 'mpec.tarnow.pl, tariff no. 17', '{"S.1.G": {"energy_pln_gj": "98.86", "carrier_pln_m3": "28.79", "capacity_pln_mw_month": "6421.71", "network_variable_pln_gj": "16.94", "network_fixed_pln_mw_month": "4733.88"}, "S.1.I": {"energy_pln_gj": "98.86", "carrier_pln_m3": "28.79", "capacity_pln_mw_month": "6421.71", "network_variable_pln_gj": "24.57", "network_fixed_pln_mw_month": "5174.52"}, "S.1.O": {"energy_pln_gj": "98.86", "carrier_pln_m3": "28.79", "capacity_pln_mw_month": "6421.71", "network_variable_pln_gj": "15.77", "network_fixed_pln_mw_month": "2889.66"}, "S.1.IO": {"energy_pln_gj": "98.86", "carrier_pln_m3": "28.79", "capacity_pln_mw_month": "6421.71", "network_variable_pln_gj": "27.05", "network_fixed_pln_mw_month": "5508.97"}}', 2);
INSERT INTO public.tariff VALUES ('wloclawek', '2022-10-01', 'heat', 'MPEC Włocławek', 23.00, 'mpec.com.pl, prices with compensation, Teligi 1 plant; network charges not published there', '{"Teligi": {"energy_pln_gj": "91.73", "carrier_pln_m3": "23.13", "capacity_pln_mw_month": "7022.21"}}', 3);
INSERT INTO public.tariff VALUES ('ekoterm', '-infinity', 'heat', 'Ekoterm', 23.00, 'ekoterm.ig.pl, tariff', '{"A1": {"energy_pln_gj": "91.07", "carrier_pln_m3": "20.23", "capacity_pln_mw_month": "15914.77", "network_variable_pln_gj": "19.16", "network_fixed_pln_mw_month": "5172.87"}}', 4);
INSERT INTO public.tariff VALUES ('swietajno', '2024-01-01', 'water', 'ZGK Świętajno', 8.00, 'zgkswietajno.pl', '{"all": {"water_pln_m3": "2.47", "sewage_pln_m3": "7.94", "standing_pln_month": "3.00"}}', 5);
INSERT INTO public.tariff VALUES ('lubiewo', '2019-09-13', 'water', 'Zakład Komunalny Lubiewo', 8.00, 'lubiewo.pl', '{"all": {"water_pln_m3": "2.53", "sewage_pln_m3": "6.01", "standing_pln_month": "3.00"}}', 6);
SELECT pg_catalog.setval('public.allocation_allocation_id_seq', 2, true);
SELECT pg_catalog.setval('public.outbox_position_seq', 72, true);
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
ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_pkey PRIMARY KEY (payment_id);
ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_reference_key UNIQUE (reference);
ALTER TABLE ONLY public.tariff
    ADD CONSTRAINT tariff_pkey PRIMARY KEY (code, valid_from);
ALTER TABLE ONLY public.tariff
    ADD CONSTRAINT tariff_revision_key UNIQUE (revision);
CREATE INDEX allocation_invoice_id ON public.allocation USING btree (invoice_id);
CREATE INDEX answer_answered_at ON public.answer USING btree (answered_at);
CREATE INDEX document_job_next ON public.document_job USING btree (issued_on, queued_at) WHERE (given_up_at IS NULL);
CREATE INDEX document_job_waiting ON public.document_job USING btree (queued_at) WHERE (given_up_at IS NULL);
CREATE INDEX inbox_received_at ON public.inbox USING btree (received_at);
CREATE INDEX invoice_open ON public.invoice USING btree (party_id, due_on, number) WHERE (paid < gross);
CREATE INDEX invoice_overdue ON public.invoice USING btree (balance_as_of, due_on) WHERE (paid < gross);
CREATE INDEX payment_unallocated_of_party ON public.payment USING btree (party_id, booked_on) WHERE (unallocated > (0)::numeric);
CREATE TRIGGER invoice_is_final BEFORE DELETE OR UPDATE OF invoice_id, number, party_id, agreement_id, agreement_number, service_point, medium, reading_id, issued_on, due_on, period_from, period_to, description, items, net, vat, gross, e_invoice, buyer, registers OR TRUNCATE ON public.invoice FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER ledger_is_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.ledger_entry FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_party_id_fkey FOREIGN KEY (party_id) REFERENCES public.party(party_id);
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_party_id_fkey FOREIGN KEY (party_id) REFERENCES public.party(party_id);
ALTER TABLE ONLY public.allocation
    ADD CONSTRAINT allocation_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES public.invoice(invoice_id);
ALTER TABLE ONLY public.allocation
    ADD CONSTRAINT allocation_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES public.payment(payment_id);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES public.invoice(invoice_id);
ALTER TABLE ONLY public.document_job
    ADD CONSTRAINT document_job_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES public.invoice(invoice_id);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_agreement_id_fkey FOREIGN KEY (agreement_id) REFERENCES public.agreement(agreement_id);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_party_id_fkey FOREIGN KEY (party_id) REFERENCES public.party(party_id);
ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES public.invoice(invoice_id);
ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_party_id_fkey FOREIGN KEY (party_id) REFERENCES public.party(party_id);
ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES public.payment(payment_id);
ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_party_id_fkey FOREIGN KEY (party_id) REFERENCES public.party(party_id);
