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
    last_failed_at timestamp with time zone NOT NULL,
    tried_from text NOT NULL
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
INSERT INTO public.account VALUES ('01a21f54-596d-790b-9667-fdee51330e4a', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'Jan Śliwa', 'jan@poczta.example', '2026-11-27 23:25:51.336003+00');
INSERT INTO public.account VALUES ('01a21f54-5ca3-76dd-bdf0-32d23840d15d', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'Anna Żółć', 'anna@poczta.example', '2026-11-27 23:25:52.154464+00');
INSERT INTO public.agreement VALUES ('d3bc5cb9-dc09-535a-9d4d-9aaac22b435d', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'UW/2019/0001', 'UW/2019/0001', 1);
INSERT INTO public.agreement VALUES ('e0a1711e-ce4e-5c11-aea2-af8ca8c027a9', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'UW/2019/0002', 'UW/2019/0002', 1);
INSERT INTO public.agreement VALUES ('3e070d8c-4026-54fe-8b5b-5c1cbfbb195c', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'UC/2019/0002', 'UC/2019/0002', 1);
INSERT INTO public.agreement VALUES ('f36fe4e6-0b10-5690-8492-1118c214e172', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'UC/2019/0001', 'UC/2019/0001', 1);
INSERT INTO public.agreement VALUES ('70e7bf79-41a2-5aa9-bf2c-f6c10409f1ed', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'UW/2019/0003', 'UW/2019/0003', 1);
INSERT INTO public.agreement VALUES ('a18efe1e-a41c-5153-acd8-bdc97dc677a4', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'UC/2019/0003', 'UC/2019/0003', 1);
INSERT INTO public.alembic_version VALUES ('0002');
INSERT INTO public.answer VALUES ('wXKZUo1I2hVDWz-KtbsAig:94e115c6ea360d6c987fbbd18892aa47d0ac4b58f5f85b289715338ea18084a6', '{"events": [{"id": "01a21f54-5ae3-78f0-a3ac-d59f8b19fe47", "data": "{\"version\":1,\"application_id\":\"01a21f54-5adf-70f8-b57c-1a56fa828bc9\",\"number\":\"REJ/2026/000001\",\"name\":\"Anna Żółć\",\"pesel\":\"93111698132\",\"invoice_number\":\"FV/2026/11/000001\",\"agreement_number\":\"UC/2019/0001\",\"email\":\"anna@poczta.example\",\"received_at\":\"2026-11-27T23:25:51.702508Z\",\"party_id\":\"ad9d9837-e3c2-531b-b8b3-40c383995f08\",\"party_name\":\"Anna Żółć\",\"checks\":[{\"field\":\"name\",\"given\":\"Anna Żółć\",\"expected\":\"Anna Żółć\",\"matches\":true},{\"field\":\"tax_id\",\"given\":\"93111698132\",\"expected\":\"93111698132\",\"matches\":true},{\"field\":\"invoice_number\",\"given\":\"FV/2026/11/000001\",\"expected\":\"FV/2026/11/000001\",\"matches\":true},{\"field\":\"agreement_number\",\"given\":\"UC/2019/0001\",\"expected\":\"UC/2019/0001\",\"matches\":true},{\"field\":\"email\",\"given\":\"anna@poczta.example\",\"expected\":\"anna@poczta.example\",\"matches\":true}]}", "time": "2026-11-27T23:25:51.702508+00:00", "type": "identity.application.received.v1", "source": "identity", "subject": "01a21f54-5adf-70f8-b57c-1a56fa828bc9", "sequence": 1, "correlation_id": "01a21f54-5ac2-71b5-a234-2e680449bd54"}], "outcome": "accepted"}', '2026-11-27 23:25:51.703444+00');
INSERT INTO public.answer VALUES ('t8gSF3Jl7Cie-fr2AqyUXw:2d7b8f88c1b9fbc56f673615852b92d8c05bfda20f2c0df7e879df0a4cb564e9', '{"events": [{"id": "01a21f54-5cbf-7249-a87a-9cd5bd8f9bbb", "data": "{\"version\":1,\"account_id\":\"01a21f54-5ca3-76dd-bdf0-32d23840d15d\",\"party_id\":\"ad9d9837-e3c2-531b-b8b3-40c383995f08\",\"identifier\":\"100001\",\"name\":\"Anna Żółć\",\"email\":\"anna@poczta.example\",\"opened_at\":\"2026-11-27T23:25:52.154464Z\"}", "time": "2026-11-27T23:25:52.154464+00:00", "type": "identity.account.opened.v1", "source": "identity", "subject": "01a21f54-5ca3-76dd-bdf0-32d23840d15d", "sequence": 1, "correlation_id": "01a21f54-5c96-7dd1-b435-8b7edd12c497"}, {"id": "01a21f54-5cc1-7509-a4c2-3f3a970c4de1", "data": "{\"version\":2,\"application_id\":\"01a21f54-5adf-70f8-b57c-1a56fa828bc9\",\"decision\":\"accepted\",\"reason\":\"\",\"email\":\"anna@poczta.example\",\"name\":\"Anna Żółć\",\"clerk\":\"Maria Urzędnik\",\"decided_at\":\"2026-11-27T23:25:52.154464Z\"}", "time": "2026-11-27T23:25:52.154464+00:00", "type": "identity.application.decided.v1", "source": "identity", "subject": "01a21f54-5adf-70f8-b57c-1a56fa828bc9", "sequence": 2, "correlation_id": "01a21f54-5c96-7dd1-b435-8b7edd12c497"}], "outcome": "accepted"}', '2026-11-27 23:25:52.155471+00');
INSERT INTO public.answer VALUES ('vfsBLQtzu5WzG4brMvTutg:2fa29788ea2759b68d582d0ee91f12d0f72fc4b8c351ccc7edb1725b4e19106e', '{"events": [{"id": "01a21f54-5d12-7cff-964d-1bb7a3b04630", "data": "{\"version\":1,\"application_id\":\"01a21f54-5d10-7ba7-9c7b-a79ba57c9475\",\"number\":\"REJ/2026/000002\",\"name\":\"Anna Żółć\",\"pesel\":\"93111698132\",\"invoice_number\":\"FV/2026/11/000001\",\"agreement_number\":\"UC/2019/0001\",\"email\":\"anna.druga@poczta.example\",\"received_at\":\"2026-11-27T23:25:52.265799Z\",\"party_id\":\"ad9d9837-e3c2-531b-b8b3-40c383995f08\",\"party_name\":\"Anna Żółć\",\"checks\":[{\"field\":\"name\",\"given\":\"Anna Żółć\",\"expected\":\"Anna Żółć\",\"matches\":true},{\"field\":\"tax_id\",\"given\":\"93111698132\",\"expected\":\"93111698132\",\"matches\":true},{\"field\":\"invoice_number\",\"given\":\"FV/2026/11/000001\",\"expected\":\"FV/2026/11/000001\",\"matches\":true},{\"field\":\"agreement_number\",\"given\":\"UC/2019/0001\",\"expected\":\"UC/2019/0001\",\"matches\":true},{\"field\":\"email\",\"given\":\"anna.druga@poczta.example\",\"expected\":\"anna@poczta.example\",\"matches\":false},{\"field\":\"account\",\"given\":\"nowe konto\",\"expected\":\"jest już konto 100001\",\"matches\":false}]}", "time": "2026-11-27T23:25:52.265799+00:00", "type": "identity.application.received.v1", "source": "identity", "subject": "01a21f54-5d10-7ba7-9c7b-a79ba57c9475", "sequence": 1, "correlation_id": "01a21f54-5d06-7379-bb9e-8415ea086dbc"}], "outcome": "accepted"}', '2026-11-27 23:25:52.266384+00');
INSERT INTO public.application VALUES ('01a21f54-5adf-70f8-b57c-1a56fa828bc9', 'REJ/2026/000001', 'accepted', 'Anna Żółć', '93111698132', 'FV/2026/11/000001', 'UC/2019/0001', 'UC/2019/0001', 'anna@poczta.example', 'anna@poczta.example', '2026-11-27 23:25:51.702508+00', '2026-11-27 23:25:51.702508+00', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'Anna Żółć', '[{"field": "name", "given": "Anna Żółć", "matches": true, "expected": "Anna Żółć"}, {"field": "tax_id", "given": "93111698132", "matches": true, "expected": "93111698132"}, {"field": "invoice_number", "given": "FV/2026/11/000001", "matches": true, "expected": "FV/2026/11/000001"}, {"field": "agreement_number", "given": "UC/2019/0001", "matches": true, "expected": "UC/2019/0001"}, {"field": "email", "given": "anna@poczta.example", "matches": true, "expected": "anna@poczta.example"}]', '2026-11-27 23:25:52.154464+00', '01a21f54-5941-75aa-9f7d-c64a3a1eec4b', 'Maria Urzędnik', '', 2);
INSERT INTO public.application VALUES ('01a21f54-5d10-7ba7-9c7b-a79ba57c9475', 'REJ/2026/000002', 'pending', 'Anna Żółć', '93111698132', 'FV/2026/11/000001', 'UC/2019/0001', 'UC/2019/0001', 'anna.druga@poczta.example', 'anna.druga@poczta.example', '2026-11-27 23:25:52.265799+00', '2026-11-27 23:25:52.265799+00', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'Anna Żółć', '[{"field": "name", "given": "Anna Żółć", "matches": true, "expected": "Anna Żółć"}, {"field": "tax_id", "given": "93111698132", "matches": true, "expected": "93111698132"}, {"field": "invoice_number", "given": "FV/2026/11/000001", "matches": true, "expected": "FV/2026/11/000001"}, {"field": "agreement_number", "given": "UC/2019/0001", "matches": true, "expected": "UC/2019/0001"}, {"field": "email", "given": "anna.druga@poczta.example", "matches": false, "expected": "anna@poczta.example"}, {"field": "account", "given": "nowe konto", "matches": false, "expected": "jest już konto 100001"}]', NULL, NULL, NULL, '', 1);
INSERT INTO public.application_serial VALUES ('REJ/2026/000000', 2);
INSERT INTO public.clerk VALUES ('01a21f54-5941-75aa-9f7d-c64a3a1eec4b', 'Maria Urzędnik', '{clerk}', true);
INSERT INTO public.credential VALUES ('01a21f54-5941-75aa-9f7d-c64a3a1eec4b', 'office', 'maria', 'maria', '$argon2id$v=19$m=19456,t=2,p=1$zPSQrcTGLjtJ5NwPGSNPvw$20ku+hHYXqhoYCQhF0ZLOfv1GhIOP7F6uNrgCJ2VSCI', false, NULL, '2026-11-27 23:25:51.931675+00', 2);
INSERT INTO public.credential VALUES ('01a21f54-5ca3-76dd-bdf0-32d23840d15d', 'customer', '100001', '100001', '$argon2id$v=19$m=19456,t=2,p=1$k/iTpyQEqKLcR4n48tGbxA$KzJc287cY0xgW1BKHyOUnDUY4LrkKprcmgeg7NDLJNY', true, '2026-12-12 22:59:59+00', NULL, 1);
INSERT INTO public.credential VALUES ('01a21f54-596d-790b-9667-fdee51330e4a', 'customer', '100002', '100002', '$argon2id$v=19$m=19456,t=2,p=1$Q5plNI32BgsqaxkG0aG5FQ$HxoR0JoHt5evSttdm+RjFpwdOr0Ai+KVQnOGsz4KZtw', true, '2026-12-12 22:59:59+00', '2026-11-27 23:25:52.618947+00', 4);
INSERT INTO public.failed_login VALUES ('customer', '100999', 1, NULL, '2026-11-27 23:25:52.892837+00', 'address f00b5bb3ade346f0cb590d73558dbbf5');
INSERT INTO public.inbox VALUES ('01a21f54-55cd-796d-9abb-9a989ee2b37f', '2026-11-27 23:25:50.422929+00');
INSERT INTO public.inbox VALUES ('01a21f54-55cd-7cc5-8649-922f1ed6d8e2', '2026-11-27 23:25:50.426434+00');
INSERT INTO public.inbox VALUES ('01a21f54-55cd-75ea-9425-f443d457e5f8', '2026-11-27 23:25:50.427151+00');
INSERT INTO public.inbox VALUES ('01a21f54-55eb-7dd9-8cc9-233441328073', '2026-11-27 23:25:50.468701+00');
INSERT INTO public.inbox VALUES ('01a21f54-55ec-7b93-9084-03d410f1bb0f', '2026-11-27 23:25:50.47185+00');
INSERT INTO public.inbox VALUES ('01a21f54-55eb-7792-a0dc-086fbce7ed3c', '2026-11-27 23:25:50.469138+00');
INSERT INTO public.inbox VALUES ('01a21f54-55eb-7502-8277-82774f99ca0b', '2026-11-27 23:25:50.467867+00');
INSERT INTO public.inbox VALUES ('01a21f54-55ec-7372-80b6-16adbf9d62e1', '2026-11-27 23:25:50.491258+00');
INSERT INTO public.inbox VALUES ('01a21f54-55ec-7229-bc41-ba1f07b2d414', '2026-11-27 23:25:50.492167+00');
INSERT INTO public.inbox VALUES ('01a21f54-5692-7488-8747-671927d86231', '2026-11-27 23:25:50.631175+00');
INSERT INTO public.inbox VALUES ('01a21f54-56a1-786c-b09f-3fe99b6c455e', '2026-11-27 23:25:50.653107+00');
INSERT INTO public.inbox VALUES ('01a21f54-56b4-78ea-9f20-a019f2d2fee0', '2026-11-27 23:25:50.672755+00');
INSERT INTO public.inbox VALUES ('01a21f54-56c8-7a54-ae14-1017a21d11bb', '2026-11-27 23:25:50.689541+00');
INSERT INTO public.inbox VALUES ('01a21f54-56cf-7f4b-a87f-31f9184ece2d', '2026-11-27 23:25:50.70563+00');
INSERT INTO public.inbox VALUES ('01a21f54-56d9-71d0-90ea-53ae7e34ee92', '2026-11-27 23:25:50.723659+00');
INSERT INTO public.inbox VALUES ('01a21f54-56e6-7f0c-ad3f-35b698be6cb6', '2026-11-27 23:25:50.730492+00');
INSERT INTO public.inbox VALUES ('01a21f54-56f8-7b02-ba83-f64cdd417865', '2026-11-27 23:25:50.74628+00');
INSERT INTO public.inbox VALUES ('01a21f54-56f1-7d8f-afe5-04ca6172a6bb', '2026-11-27 23:25:50.749172+00');
INSERT INTO public.inbox VALUES ('01a21f54-5708-7601-9c2d-40685d3f16a9', '2026-11-27 23:25:50.755949+00');
INSERT INTO public.inbox VALUES ('01a21f54-5711-739e-9942-9d414cdf0b72', '2026-11-27 23:25:50.767294+00');
INSERT INTO public.inbox VALUES ('01a21f54-571d-709b-bbb3-70c090a0009c', '2026-11-27 23:25:50.769178+00');
INSERT INTO public.inbox VALUES ('01a21f54-5ef6-7348-a6f6-2ff2d23bc4b5', '2026-11-27 23:25:52.766297+00');
INSERT INTO public.inbox VALUES ('01a21f54-5fc4-7080-87d5-852b80c01a34', '2026-11-27 23:25:52.971668+00');
INSERT INTO public.inbox VALUES ('01a21f54-6263-7b63-a3bf-a981b243969f', '2026-11-27 23:25:53.642334+00');
INSERT INTO public.inbox VALUES ('01a21f54-6475-7669-9d7a-82785d54a8fe', '2026-11-27 23:25:54.171709+00');
INSERT INTO public.inbox VALUES ('01a21f54-6563-72b6-a763-d03633513ddc', '2026-11-27 23:25:54.409347+00');
INSERT INTO public.last_invoice VALUES ('a18efe1e-a41c-5153-acd8-bdc97dc677a4', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'FV/2026/11/000005', 'FV/2026/11/000005', '2026-11-28');
INSERT INTO public.last_invoice VALUES ('e0a1711e-ce4e-5c11-aea2-af8ca8c027a9', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'FV/2026/11/000007', 'FV/2026/11/000007', '2026-11-28');
INSERT INTO public.last_invoice VALUES ('70e7bf79-41a2-5aa9-bf2c-f6c10409f1ed', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', 'FV/2026/11/000008', 'FV/2026/11/000008', '2026-11-28');
INSERT INTO public.last_invoice VALUES ('f36fe4e6-0b10-5690-8492-1118c214e172', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'FV/2026/11/000009', 'FV/2026/11/000009', '2026-11-28');
INSERT INTO public.last_invoice VALUES ('d3bc5cb9-dc09-535a-9d4d-9aaac22b435d', 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'FV/2026/11/000010', 'FV/2026/11/000010', '2026-11-28');
INSERT INTO public.last_invoice VALUES ('3e070d8c-4026-54fe-8b5b-5c1cbfbb195c', '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'FV/2026/11/000011', 'FV/2026/11/000011', '2026-11-28');
INSERT INTO public.outbox OVERRIDING SYSTEM VALUE VALUES (10, 'identity.password.changed.v1', '{"cloudEvents_id": "01a21f54-674f-7633-b85c-b1c1203567c5", "cloudEvents_time": "2026-11-27T23:25:54.861863+00:00", "cloudEvents_type": "identity.password.changed.v1", "cloudEvents_source": "/identity", "cloudEvents_subject": "01a21f54-596d-790b-9667-fdee51330e4a", "cloudEvents_sequence": 4, "cloudEvents_specversion": "1.0", "cloudEvents_correlationid": "01a21f54-6729-7410-8f6e-a931b1b14827", "cloudEvents_datacontenttype": "application/json"}', '\x7b2276657273696f6e223a342c226163636f756e745f6964223a2230316132316635342d353936642d373930622d393636372d666465653531333330653461222c226368616e6765645f6174223a22323032362d31312d32375432333a32353a35342e3836313836335a227d', '2026-11-27 23:25:54.862913+00');
INSERT INTO public.outbox OVERRIDING SYSTEM VALUE VALUES (11, 'identity.credentials.issued.v1', '{"cloudEvents_id": "01a21f54-674f-7d61-b22a-b26e03c4be76", "cloudEvents_time": "2026-11-27T23:25:54.861863+00:00", "cloudEvents_type": "identity.credentials.issued.v1", "cloudEvents_source": "/identity", "cloudEvents_subject": "01a21f54-596d-790b-9667-fdee51330e4a", "cloudEvents_sequence": 4, "cloudEvents_specversion": "1.0", "cloudEvents_correlationid": "01a21f54-6729-7410-8f6e-a931b1b14827", "cloudEvents_datacontenttype": "application/json"}', '\x7b2276657273696f6e223a342c226163636f756e745f6964223a2230316132316635342d353936642d373930622d393636372d666465653531333330653461222c2270617274795f6964223a2234356161393066632d623562312d353864392d396438642d336434663130376361626661222c226964656e746966696572223a22313030303032222c226e616d65223a224a616e20c59a6c697761222c22656d61696c223a226a616e40706f637a74612e6578616d706c65222c2274656d706f726172795f70617373776f7264223a227379726f702d63656b696e2d6b727a616b2d7a61746f6b612d3337222c2276616c69645f756e74696c223a22323032362d31322d31325432323a35393a35395a222c2272656e65776564223a747275657d', '2026-11-27 23:25:54.862913+00');
INSERT INTO public.party VALUES ('ad9d9837-e3c2-531b-b8b3-40c383995f08', '100001', 'Anna Żółć', '93111698132', NULL, 'anna@poczta.example', 1);
INSERT INTO public.party VALUES ('45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', '100002', 'Jan Śliwa', '50890725145', NULL, 'jan@poczta.example', 1);
INSERT INTO public.party VALUES ('7c50bf7a-3fad-505e-a1b9-a1638a6525cd', '100003', 'Ewa Bąk', '75051700483', NULL, 'ewa@poczta.example', 1);
SELECT pg_catalog.setval('public.outbox_position_seq', 11, true);
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
    ADD CONSTRAINT failed_login_pkey PRIMARY KEY (audience, identifier_key, tried_from);
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
