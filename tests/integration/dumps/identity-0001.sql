CREATE TABLE public.account (
    account_id uuid NOT NULL,
    party_id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    opened_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.account IS 'Accounts of parties.';
CREATE TABLE public.agreement (
    agreement_id uuid NOT NULL,
    party_id uuid NOT NULL,
    number text NOT NULL,
    number_key text NOT NULL,
    version integer NOT NULL
);
COMMENT ON TABLE public.agreement IS 'Agreements as billing tells them; number_key is the number as people may type it.';
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
    status text NOT NULL,
    name text NOT NULL,
    tax_id text NOT NULL,
    invoice_number text NOT NULL,
    agreement_number text NOT NULL,
    agreement_key text NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    verified_at timestamp with time zone NOT NULL,
    party_id uuid,
    party_name text,
    checks jsonb NOT NULL,
    decided_at timestamp with time zone,
    decided_by uuid,
    decided_by_name text,
    reason text DEFAULT ''::text NOT NULL,
    version integer NOT NULL
);
COMMENT ON TABLE public.application IS 'Applications for an account; both consents were given, else no row; verified_at: last compared.';
CREATE TABLE public.application_serial (
    series text NOT NULL,
    last bigint NOT NULL
);
COMMENT ON TABLE public.application_serial IS 'Counters of application numbers.';
CREATE TABLE public.clerk (
    clerk_id uuid NOT NULL,
    name text NOT NULL,
    roles text[] NOT NULL,
    active boolean NOT NULL
);
COMMENT ON TABLE public.clerk IS 'The office''s people.';
CREATE TABLE public.credential (
    account_id uuid NOT NULL,
    audience text NOT NULL,
    identifier text NOT NULL,
    identifier_key text NOT NULL,
    password_hash text NOT NULL,
    must_change boolean NOT NULL,
    expires_at timestamp with time zone,
    last_login_at timestamp with time zone,
    version integer NOT NULL
);
COMMENT ON TABLE public.credential IS 'How an account or a clerk logs in; expires_at is set for a temporary password alone.';
CREATE TABLE public.failed_login (
    audience text NOT NULL,
    identifier_key text NOT NULL,
    failures integer NOT NULL,
    locked_until timestamp with time zone,
    last_failed_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.failed_login IS 'Wrong passwords in a row, also for identifiers that nobody has, so that the answer tells nothing.';
CREATE TABLE public.inbox (
    message_id uuid NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE public.inbox IS 'Messages whose effect is stored: a second delivery changes nothing.';
CREATE TABLE public.last_invoice (
    agreement_id uuid NOT NULL,
    party_id uuid NOT NULL,
    number text NOT NULL,
    number_key text NOT NULL,
    issued_on date NOT NULL
);
COMMENT ON TABLE public.last_invoice IS 'The newest invoice of each agreement: what an applicant is asked for.';
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
    name text NOT NULL,
    pesel text,
    nip text,
    email text,
    version integer NOT NULL
);
COMMENT ON TABLE public.party IS 'Parties as billing tells them; an application is compared with these.';
INSERT INTO public.account VALUES ('01a21582-adcc-7374-9dad-bb23cc49bea8', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'Jan Śliwa', 'jan@poczta.example', '2026-11-26 01:40:15.398192+00');
INSERT INTO public.account VALUES ('01a21582-bbda-7b64-a3fa-b926a5aa90b3', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'Anna Żółć', 'anna@poczta.example', '2026-11-26 01:40:18.951393+00');
INSERT INTO public.agreement VALUES ('f36fe4e6-0b10-5690-8492-1118c214e172', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'UC/2019/0001', 'UC/2019/0001', 1);
INSERT INTO public.agreement VALUES ('d3bc5cb9-dc09-535a-9d4d-9aaac22b435d', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'UW/2019/0001', 'UW/2019/0001', 1);
INSERT INTO public.agreement VALUES ('3e070d8c-4026-54fe-8b5b-5c1cbfbb195c', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'UC/2019/0002', 'UC/2019/0002', 1);
INSERT INTO public.agreement VALUES ('e0a1711e-ce4e-5c11-aea2-af8ca8c027a9', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'UW/2019/0002', 'UW/2019/0002', 1);
INSERT INTO public.agreement VALUES ('70e7bf79-41a2-5aa9-bf2c-f6c10409f1ed', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'UW/2019/0003', 'UW/2019/0003', 1);
INSERT INTO public.agreement VALUES ('a18efe1e-a41c-5153-acd8-bdc97dc677a4', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'UC/2019/0003', 'UC/2019/0003', 1);
INSERT INTO public.alembic_version VALUES ('0001');
INSERT INTO public.answer VALUES ('Qa5f_EApkUERCiZxzTYxIg:150c69b453120882b93eca8b95ce0e33194370e50492d5c7e5a9c93146e7ae9e', '{"events": [{"id": "01a21582-b616-75e2-ae2b-b24caebb8faa", "data": "{\"version\":1,\"application_id\":\"01a21582-b5f4-7379-9640-caf8ded7fc32\",\"number\":\"REJ/2026/000001\",\"name\":\"Anna Żółć\",\"pesel\":\"93111698132\",\"invoice_number\":\"FV/2026/11/000001\",\"agreement_number\":\"UC/2019/0001\",\"email\":\"anna@poczta.example\",\"received_at\":\"2026-11-26T01:40:17.477827Z\",\"party_id\":\"ad9d9837-e3c2-531b-b8b3-40c383995f08\",\"party_name\":\"Anna Żółć\",\"checks\":[{\"field\":\"name\",\"given\":\"Anna Żółć\",\"expected\":\"Anna Żółć\",\"matches\":true},{\"field\":\"tax_id\",\"given\":\"93111698132\",\"expected\":\"93111698132\",\"matches\":true},{\"field\":\"invoice_number\",\"given\":\"FV/2026/11/000001\",\"expected\":\"FV/2026/11/000001\",\"matches\":true},{\"field\":\"agreement_number\",\"given\":\"UC/2019/0001\",\"expected\":\"UC/2019/0001\",\"matches\":true},{\"field\":\"email\",\"given\":\"anna@poczta.example\",\"expected\":\"anna@poczta.example\",\"matches\":true}]}", "time": "2026-11-26T01:40:17.477827+00:00", "type": "identity.application.received.v1", "source": "identity", "subject": "01a21582-b5f4-7379-9640-caf8ded7fc32", "sequence": 1, "correlation_id": "01a21582-b574-7529-b123-31cc4124f418"}], "outcome": "accepted"}', '2026-11-26 01:40:17.47987+00');
INSERT INTO public.answer VALUES ('HiBkqkpeSRjDC_-P9evfiQ:0407f0428ccfce839c059197f7d972ae48d79d11cfec0745ced6d1b0a213986d', '{"events": [{"id": "01a21582-bc4c-7d30-a20e-3073c1978b6e", "data": "{\"version\":1,\"account_id\":\"01a21582-bbda-7b64-a3fa-b926a5aa90b3\",\"party_id\":\"ad9d9837-e3c2-531b-b8b3-40c383995f08\",\"identifier\":\"100001\",\"name\":\"Anna Żółć\",\"email\":\"anna@poczta.example\",\"opened_at\":\"2026-11-26T01:40:18.951393Z\"}", "time": "2026-11-26T01:40:18.951393+00:00", "type": "identity.account.opened.v1", "source": "identity", "subject": "01a21582-bbda-7b64-a3fa-b926a5aa90b3", "sequence": 1, "correlation_id": "01a21582-bb6f-77bf-8750-304da2adbe79"}, {"id": "01a21582-bc5a-7966-9ea7-3ce3c429a8b4", "data": "{\"version\":2,\"application_id\":\"01a21582-b5f4-7379-9640-caf8ded7fc32\",\"decision\":\"accepted\",\"reason\":\"\",\"email\":\"anna@poczta.example\",\"name\":\"Anna Żółć\",\"clerk\":\"Maria Urzędnik\",\"decided_at\":\"2026-11-26T01:40:18.951393Z\"}", "time": "2026-11-26T01:40:18.951393+00:00", "type": "identity.application.decided.v1", "source": "identity", "subject": "01a21582-b5f4-7379-9640-caf8ded7fc32", "sequence": 2, "correlation_id": "01a21582-bb6f-77bf-8750-304da2adbe79"}], "outcome": "accepted"}', '2026-11-26 01:40:18.952474+00');
INSERT INTO public.answer VALUES ('JgjHLhzsZFThzTcXWA4xGA:ee62b3923004652fdac1a4a201097bb49afc2211976e5486db4e6535325012c5', '{"events": [{"id": "01a21582-bef8-72e5-90a8-7e855390799e", "data": "{\"version\":1,\"application_id\":\"01a21582-beca-79e5-9507-5dda6a2c850d\",\"number\":\"REJ/2026/000002\",\"name\":\"Anna Żółć\",\"pesel\":\"93111698132\",\"invoice_number\":\"FV/2026/11/000001\",\"agreement_number\":\"UC/2019/0001\",\"email\":\"anna.druga@poczta.example\",\"received_at\":\"2026-11-26T01:40:19.704251Z\",\"party_id\":\"ad9d9837-e3c2-531b-b8b3-40c383995f08\",\"party_name\":\"Anna Żółć\",\"checks\":[{\"field\":\"name\",\"given\":\"Anna Żółć\",\"expected\":\"Anna Żółć\",\"matches\":true},{\"field\":\"tax_id\",\"given\":\"93111698132\",\"expected\":\"93111698132\",\"matches\":true},{\"field\":\"invoice_number\",\"given\":\"FV/2026/11/000001\",\"expected\":\"FV/2026/11/000001\",\"matches\":true},{\"field\":\"agreement_number\",\"given\":\"UC/2019/0001\",\"expected\":\"UC/2019/0001\",\"matches\":true},{\"field\":\"email\",\"given\":\"anna.druga@poczta.example\",\"expected\":\"anna@poczta.example\",\"matches\":false},{\"field\":\"account\",\"given\":\"nowe konto\",\"expected\":\"jest już konto 100001\",\"matches\":false}]}", "time": "2026-11-26T01:40:19.704251+00:00", "type": "identity.application.received.v1", "source": "identity", "subject": "01a21582-beca-79e5-9507-5dda6a2c850d", "sequence": 1, "correlation_id": "01a21582-be4c-773f-97d7-b1116b394f7a"}], "outcome": "accepted"}', '2026-11-26 01:40:19.710144+00');
INSERT INTO public.application VALUES ('01a21582-b5f4-7379-9640-caf8ded7fc32', 'REJ/2026/000001', 'accepted', 'Anna Żółć', '93111698132', 'FV/2026/11/000001', 'UC/2019/0001', 'UC/2019/0001', 'anna@poczta.example', 'anna@poczta.example', '2026-11-26 01:40:17.477827+00', '2026-11-26 01:40:17.477827+00', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'Anna Żółć', '[{"field": "name", "given": "Anna Żółć", "matches": true, "expected": "Anna Żółć"}, {"field": "tax_id", "given": "93111698132", "matches": true, "expected": "93111698132"}, {"field": "invoice_number", "given": "FV/2026/11/000001", "matches": true, "expected": "FV/2026/11/000001"}, {"field": "agreement_number", "given": "UC/2019/0001", "matches": true, "expected": "UC/2019/0001"}, {"field": "email", "given": "anna@poczta.example", "matches": true, "expected": "anna@poczta.example"}]', '2026-11-26 01:40:18.951393+00', '01a21582-ad02-70bc-804e-712a6d7f3798', 'Maria Urzędnik', '', 2);
INSERT INTO public.application VALUES ('01a21582-beca-79e5-9507-5dda6a2c850d', 'REJ/2026/000002', 'pending', 'Anna Żółć', '93111698132', 'FV/2026/11/000001', 'UC/2019/0001', 'UC/2019/0001', 'anna.druga@poczta.example', 'anna.druga@poczta.example', '2026-11-26 01:40:19.704251+00', '2026-11-26 01:40:19.704251+00', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'Anna Żółć', '[{"field": "name", "given": "Anna Żółć", "matches": true, "expected": "Anna Żółć"}, {"field": "tax_id", "given": "93111698132", "matches": true, "expected": "93111698132"}, {"field": "invoice_number", "given": "FV/2026/11/000001", "matches": true, "expected": "FV/2026/11/000001"}, {"field": "agreement_number", "given": "UC/2019/0001", "matches": true, "expected": "UC/2019/0001"}, {"field": "email", "given": "anna.druga@poczta.example", "matches": false, "expected": "anna@poczta.example"}, {"field": "account", "given": "nowe konto", "matches": false, "expected": "jest już konto 100001"}]', NULL, NULL, NULL, '', 1);
INSERT INTO public.application_serial VALUES ('REJ/2026/000000', 2);
INSERT INTO public.clerk VALUES ('01a21582-ad02-70bc-804e-712a6d7f3798', 'Maria Urzędnik', '{clerk}', true);
INSERT INTO public.credential VALUES ('01a21582-ad02-70bc-804e-712a6d7f3798', 'office', 'maria', 'maria', '$argon2id$v=19$m=19456,t=2,p=1$/jA9pFYRXtInkF5wfk2Aaw$UXdIW50mlbLT6o93RdXDVgU3DSr2oVJI7O1kOJsE+as', false, NULL, '2026-11-26 01:40:18.335995+00', 2);
INSERT INTO public.credential VALUES ('01a21582-bbda-7b64-a3fa-b926a5aa90b3', 'customer', '100001', '100001', '$argon2id$v=19$m=19456,t=2,p=1$01W37/XD0ixExVedt48MGg$y6AAkY+hQjFz4cCXeSJgIS+7OC5+3jmreU5Y5uez2cA', true, '2026-12-10 22:59:59+00', NULL, 1);
INSERT INTO public.credential VALUES ('01a21582-adcc-7374-9dad-bb23cc49bea8', 'customer', '100002', '100002', '$argon2id$v=19$m=19456,t=2,p=1$Uc7nnWJk8So31zU03H/ihg$ufzx0RlsBA02/lr+4uyYjmY8nPXVLtD6oIA7UEzfY7w', true, '2026-12-10 22:59:59+00', '2026-11-26 01:40:20.78483+00', 3);
INSERT INTO public.failed_login VALUES ('customer', '100999', 1, NULL, '2026-11-26 01:40:22.271826+00');
INSERT INTO public.inbox VALUES ('01a21582-9e90-7040-9bb3-7d46874e5844', '2026-11-26 01:40:11.588644+00');
INSERT INTO public.inbox VALUES ('01a21582-9e90-7117-92e3-8cdba3794b6a', '2026-11-26 01:40:11.615938+00');
INSERT INTO public.inbox VALUES ('01a21582-9e90-7c83-8880-d25c442b353e', '2026-11-26 01:40:11.616672+00');
INSERT INTO public.inbox VALUES ('01a21582-9f11-75e3-868a-cc53d2a64168', '2026-11-26 01:40:11.785925+00');
INSERT INTO public.inbox VALUES ('01a21582-9f11-7262-b118-e749a4c92d8a', '2026-11-26 01:40:12.007678+00');
INSERT INTO public.inbox VALUES ('01a21582-9f11-7dc8-ad4a-f5706784effb', '2026-11-26 01:40:12.013691+00');
INSERT INTO public.inbox VALUES ('01a21582-9f11-7caa-94aa-053d6437a9e3', '2026-11-26 01:40:12.014825+00');
INSERT INTO public.inbox VALUES ('01a21582-9f11-7e1b-88b6-f621f3e3e1ee', '2026-11-26 01:40:12.054209+00');
INSERT INTO public.inbox VALUES ('01a21582-9f11-7d87-b15a-efddb72fa160', '2026-11-26 01:40:12.065076+00');
INSERT INTO public.inbox VALUES ('01a21582-a233-7d2a-bbe6-f20ef13c8395', '2026-11-26 01:40:12.552385+00');
INSERT INTO public.inbox VALUES ('01a21582-a26d-7cb5-86f2-27a2353ba773', '2026-11-26 01:40:12.653938+00');
INSERT INTO public.inbox VALUES ('01a21582-a2d8-7f63-921a-4d38b78d0e69', '2026-11-26 01:40:12.758542+00');
INSERT INTO public.inbox VALUES ('01a21582-a332-7a2f-8b25-226fdb8687fd', '2026-11-26 01:40:12.856043+00');
INSERT INTO public.inbox VALUES ('01a21582-a363-78f1-8242-b195fa271888', '2026-11-26 01:40:12.893966+00');
INSERT INTO public.inbox VALUES ('01a21582-a396-765c-b33c-b439bc221767', '2026-11-26 01:40:12.921146+00');
INSERT INTO public.inbox VALUES ('01a21582-a3bd-73e9-98fe-0379d551c564', '2026-11-26 01:40:12.965987+00');
INSERT INTO public.inbox VALUES ('01a21582-a3dc-7003-b2ea-925895be7470', '2026-11-26 01:40:12.981139+00');
INSERT INTO public.inbox VALUES ('01a21582-a3dd-77f8-99c0-08e19b78ee6d', '2026-11-26 01:40:12.995694+00');
INSERT INTO public.inbox VALUES ('01a21582-a3ff-7317-8cc4-5c269d44b069', '2026-11-26 01:40:13.037553+00');
INSERT INTO public.inbox VALUES ('01a21582-a421-74e7-ba4f-f9440bdfb6c5', '2026-11-26 01:40:13.059441+00');
INSERT INTO public.inbox VALUES ('01a21582-a449-711b-a096-dcda4306e391', '2026-11-26 01:40:13.086155+00');
INSERT INTO public.inbox VALUES ('01a21582-c685-7abb-a43c-9a90095b89b4', '2026-11-26 01:40:21.854278+00');
INSERT INTO public.inbox VALUES ('01a21582-cb32-7ba8-b8a8-74ddf4f23646', '2026-11-26 01:40:23.019709+00');
INSERT INTO public.inbox VALUES ('01a21582-cfc9-70e8-b07f-2e8add16fd89', '2026-11-26 01:40:24.171193+00');
INSERT INTO public.last_invoice VALUES ('f36fe4e6-0b10-5690-8492-1118c214e172', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'FV/2026/11/000001', 'FV/2026/11/000001', '2026-11-26');
INSERT INTO public.last_invoice VALUES ('d3bc5cb9-dc09-535a-9d4d-9aaac22b435d', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'FV/2026/11/000002', 'FV/2026/11/000002', '2026-11-26');
INSERT INTO public.last_invoice VALUES ('a18efe1e-a41c-5153-acd8-bdc97dc677a4', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'FV/2026/11/000003', 'FV/2026/11/000003', '2026-11-26');
INSERT INTO public.last_invoice VALUES ('e0a1711e-ce4e-5c11-aea2-af8ca8c027a9', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'FV/2026/11/000007', 'FV/2026/11/000007', '2026-11-26');
INSERT INTO public.last_invoice VALUES ('70e7bf79-41a2-5aa9-bf2c-f6c10409f1ed', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'FV/2026/11/000008', 'FV/2026/11/000008', '2026-11-26');
INSERT INTO public.last_invoice VALUES ('3e070d8c-4026-54fe-8b5b-5c1cbfbb195c', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'FV/2026/11/000009', 'FV/2026/11/000009', '2026-11-26');
INSERT INTO public.outbox OVERRIDING SYSTEM VALUE VALUES (9, 'identity.password.changed.v1', '{"cloudEvents_id": "01a21582-d4d8-756c-a73e-4a68e357c7f6", "cloudEvents_time": "2026-11-26T01:40:25.269745+00:00", "cloudEvents_type": "identity.password.changed.v1", "cloudEvents_source": "/identity", "cloudEvents_subject": "01a21582-adcc-7374-9dad-bb23cc49bea8", "cloudEvents_sequence": 3, "cloudEvents_specversion": "1.0", "cloudEvents_correlationid": "01a21582-d41e-7652-a110-855d79e529f2", "cloudEvents_datacontenttype": "application/json"}', '\x7b2276657273696f6e223a332c226163636f756e745f6964223a2230316132313538322d616463632d373337342d396461642d626232336363343962656138222c226368616e6765645f6174223a22323032362d31312d32365430313a34303a32352e3236393734355a227d', '2026-11-26 01:40:25.271687+00');
INSERT INTO public.outbox OVERRIDING SYSTEM VALUE VALUES (10, 'identity.credentials.issued.v1', '{"cloudEvents_id": "01a21582-d4d9-7844-a114-f125041198cf", "cloudEvents_time": "2026-11-26T01:40:25.269745+00:00", "cloudEvents_type": "identity.credentials.issued.v1", "cloudEvents_source": "/identity", "cloudEvents_subject": "01a21582-adcc-7374-9dad-bb23cc49bea8", "cloudEvents_sequence": 3, "cloudEvents_specversion": "1.0", "cloudEvents_correlationid": "01a21582-d41e-7652-a110-855d79e529f2", "cloudEvents_datacontenttype": "application/json"}', '\x7b2276657273696f6e223a332c226163636f756e745f6964223a2230316132313538322d616463632d373337342d396461642d626232336363343962656138222c2270617274795f6964223a2234356161393066632d623562312d353864392d396438642d336434663130376361626661222c226964656e746966696572223a22313030303032222c226e616d65223a224a616e20c59a6c697761222c22656d61696c223a226a616e40706f637a74612e6578616d706c65222c2274656d706f726172795f70617373776f7264223a22737a756d2d7279746d2d666c6f72612d737a6b69632d3735222c2276616c69645f756e74696c223a22323032362d31322d31305432323a35393a35395a222c2272656e65776564223a747275657d', '2026-11-26 01:40:25.271687+00');
INSERT INTO public.party VALUES ('ad9d9837-e3c2-531b-b8b3-40c383995f08', '100001', 'Anna Żółć', '93111698132', NULL, 'anna@poczta.example', 1);
INSERT INTO public.party VALUES ('45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', '100002', 'Jan Śliwa', '50890725145', NULL, 'jan@poczta.example', 1);
INSERT INTO public.party VALUES ('7c50bf7a-3fad-505e-a1b9-a1638a6525cd', '100003', 'Ewa Bąk', '75051700483', NULL, 'ewa@poczta.example', 1);
SELECT pg_catalog.setval('public.outbox_position_seq', 10, true);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_party_id_key UNIQUE (party_id);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (account_id);
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_pkey PRIMARY KEY (agreement_id);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_number_key UNIQUE (number);
ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_pkey PRIMARY KEY (application_id);
ALTER TABLE ONLY public.application_serial
    ADD CONSTRAINT application_serial_pkey PRIMARY KEY (series);
ALTER TABLE ONLY public.clerk
    ADD CONSTRAINT clerk_pkey PRIMARY KEY (clerk_id);
ALTER TABLE ONLY public.credential
    ADD CONSTRAINT credential_identifier UNIQUE (audience, identifier_key);
ALTER TABLE ONLY public.credential
    ADD CONSTRAINT credential_pkey PRIMARY KEY (account_id);
ALTER TABLE ONLY public.failed_login
    ADD CONSTRAINT failed_login_pkey PRIMARY KEY (audience, identifier_key);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (message_id);
ALTER TABLE ONLY public.last_invoice
    ADD CONSTRAINT last_invoice_pkey PRIMARY KEY (agreement_id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY ("position");
ALTER TABLE ONLY public.party
    ADD CONSTRAINT party_code_key UNIQUE (code);
ALTER TABLE ONLY public.party
    ADD CONSTRAINT party_pkey PRIMARY KEY (party_id);
CREATE INDEX agreement_number_key ON public.agreement USING btree (number_key);
CREATE INDEX agreement_party_id ON public.agreement USING btree (party_id);
CREATE INDEX answer_answered_at ON public.answer USING btree (answered_at);
CREATE UNIQUE INDEX application_one_pending ON public.application USING btree (email_key, agreement_key) WHERE (status = 'pending'::text);
CREATE INDEX application_unmatched ON public.application USING btree (verified_at) WHERE ((status = 'pending'::text) AND (party_id IS NULL));
CREATE INDEX failed_login_last_failed_at ON public.failed_login USING btree (last_failed_at);
CREATE INDEX inbox_received_at ON public.inbox USING btree (received_at);
CREATE INDEX last_invoice_number_key ON public.last_invoice USING btree (number_key);
CREATE INDEX last_invoice_party_id ON public.last_invoice USING btree (party_id);
CREATE INDEX party_nip ON public.party USING btree (nip) WHERE (nip IS NOT NULL);
CREATE INDEX party_pesel ON public.party USING btree (pesel) WHERE (pesel IS NOT NULL);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.credential(account_id);
ALTER TABLE ONLY public.clerk
    ADD CONSTRAINT clerk_clerk_id_fkey FOREIGN KEY (clerk_id) REFERENCES public.credential(account_id);
