CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.answer (
    key text NOT NULL,
    reply jsonb,
    answered_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE public.answer IS 'Replies to requests that carried an idempotency key: the same form sent twice gets the same reply.';
CREATE TABLE public.contact (
    party_id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    version integer NOT NULL
);
COMMENT ON TABLE public.contact IS 'Parties with an account: where their mail goes.';
CREATE TABLE public.early_bill (
    invoice_id uuid NOT NULL,
    party_id uuid NOT NULL,
    issued_on date NOT NULL,
    kept_at timestamp with time zone NOT NULL,
    event jsonb NOT NULL
);
COMMENT ON TABLE public.early_bill IS 'Recent bills of parties of whose account nothing is known yet.';
CREATE TABLE public.inbox (
    message_id uuid NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE public.inbox IS 'Messages whose effect is stored: a second delivery changes nothing.';
CREATE TABLE public.mail (
    mail_id uuid NOT NULL,
    kind text NOT NULL,
    about_id uuid NOT NULL,
    about_version integer NOT NULL,
    party_id uuid,
    recipient_name text NOT NULL,
    recipient text NOT NULL,
    subject text NOT NULL,
    plain text,
    html text,
    attachment jsonb,
    status text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    sent_at timestamp with time zone,
    failure text DEFAULT ''::text NOT NULL,
    correlation_id text NOT NULL
);
COMMENT ON TABLE public.mail IS 'Mails; due_at is when somebody may take one up: the lease''s end while it is being sent.';
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
INSERT INTO public.alembic_version VALUES ('0001');
INSERT INTO public.contact VALUES ('45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'Jan Śliwa', 'jan@poczta.example', 1);
INSERT INTO public.contact VALUES ('ad9d9837-e3c2-531b-b8b3-40c383995f08', 'Anna Żółć', 'anna@poczta.example', 1);
INSERT INTO public.early_bill VALUES ('01a21582-a3d6-7e37-a663-f13e38adbc8f', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', '2026-11-26', '2026-11-26 01:40:14.430427+00', '{"key": "invoices/2026/11/01a21582-a3d6-7e37-a663-f13e38adbc8f.pdf", "size": 50930, "gross": "10728.75", "due_on": "2026-12-10", "number": "FV/2026/11/000003", "sha256": "4b732dc26b8c58676a94365ebb21a3af2e70dc9ef1662374fac77c16585e6dd5", "version": 1, "party_id": "7c50bf7a-3fad-505e-a1b9-a1638a6525cd", "issued_on": "2026-11-26", "invoice_id": "01a21582-a3d6-7e37-a663-f13e38adbc8f", "description": "Ciepło, 01.10.2026 – 31.10.2026"}');
INSERT INTO public.early_bill VALUES ('01a21582-a3f5-70bf-8dcb-be4ce50593f6', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', '2026-11-26', '2026-11-26 01:40:14.440742+00', '{"key": "invoices/2026/11/01a21582-a3f5-70bf-8dcb-be4ce50593f6.pdf", "size": 48359, "gross": "93.18", "due_on": "2026-12-10", "number": "FV/2026/11/000004", "sha256": "1ee1bf262c292ed9b65f486fdd9d92e8a97eec6b0763f07a2e6284cab1e87b5f", "version": 1, "party_id": "7c50bf7a-3fad-505e-a1b9-a1638a6525cd", "issued_on": "2026-11-26", "invoice_id": "01a21582-a3f5-70bf-8dcb-be4ce50593f6", "description": "Woda i ścieki, 01.10.2026 – 31.10.2026"}');
INSERT INTO public.early_bill VALUES ('01a21582-cb28-7dd3-8004-1918b7e8cdcc', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', '2026-11-26', '2026-11-26 01:40:23.599012+00', '{"key": "invoices/2026/11/01a21582-cb28-7dd3-8004-1918b7e8cdcc.pdf", "size": 48412, "gross": "104.43", "due_on": "2026-12-10", "number": "FV/2026/11/000008", "sha256": "b1e57065398e1a049c4e7978c92e961edcd9e48f52679e156c259d62e9086301", "version": 1, "party_id": "7c50bf7a-3fad-505e-a1b9-a1638a6525cd", "issued_on": "2026-11-26", "invoice_id": "01a21582-cb28-7dd3-8004-1918b7e8cdcc", "description": "Woda i ścieki, 01.11.2026 – 26.11.2026"}');
INSERT INTO public.inbox VALUES ('01a21582-a3aa-7278-b225-df4dbbe9781b', '2026-11-26 01:40:12.922955+00');
INSERT INTO public.inbox VALUES ('01a21582-a3aa-73ba-ad66-dd723057388c', '2026-11-26 01:40:12.924048+00');
INSERT INTO public.inbox VALUES ('01a21582-a96f-786f-ad4c-c9e652c51ef2', '2026-11-26 01:40:14.354317+00');
INSERT INTO public.inbox VALUES ('01a21582-a970-7d0d-af06-5e1b2cd92064', '2026-11-26 01:40:14.363753+00');
INSERT INTO public.inbox VALUES ('01a21582-a970-7358-9c9d-a0d9e9a1fe43', '2026-11-26 01:40:14.384591+00');
INSERT INTO public.inbox VALUES ('01a21582-a970-7cca-bfad-fc9a801e9a3f', '2026-11-26 01:40:14.384682+00');
INSERT INTO public.inbox VALUES ('01a21582-a970-775b-9725-42b5253bfd5a', '2026-11-26 01:40:14.426549+00');
INSERT INTO public.inbox VALUES ('01a21582-a970-7a06-b5b5-954ed43c8f3e', '2026-11-26 01:40:14.434968+00');
INSERT INTO public.inbox VALUES ('01a21582-a970-74bd-8c18-0d9ae53a4881', '2026-11-26 01:40:14.446211+00');
INSERT INTO public.inbox VALUES ('01a21582-a970-7a0c-afee-3d73e17f77ba', '2026-11-26 01:40:14.51221+00');
INSERT INTO public.inbox VALUES ('01a21582-a970-759c-a3bf-b7acaf1bcf19', '2026-11-26 01:40:14.504693+00');
INSERT INTO public.inbox VALUES ('01a21582-a970-7038-836a-12dd107598b0', '2026-11-26 01:40:14.55223+00');
INSERT INTO public.inbox VALUES ('01a21582-ae52-7632-95ed-87c3e66b8910', '2026-11-26 01:40:15.605865+00');
INSERT INTO public.inbox VALUES ('01a21582-bc4c-7d30-a20e-3073c1978b6e', '2026-11-26 01:40:19.216228+00');
INSERT INTO public.inbox VALUES ('01a21582-bc4c-7c0a-9068-342b193abbeb', '2026-11-26 01:40:19.22091+00');
INSERT INTO public.inbox VALUES ('01a21582-bc5a-7966-9ea7-3ce3c429a8b4', '2026-11-26 01:40:19.232047+00');
INSERT INTO public.inbox VALUES ('01a21582-c89b-7228-82b5-9f77a5c348b9', '2026-11-26 01:40:22.373023+00');
INSERT INTO public.inbox VALUES ('01a21582-cd92-723a-809e-922a1f66d060', '2026-11-26 01:40:23.601161+00');
INSERT INTO public.mail VALUES ('01a21582-bcdb-7987-8732-9a1c97dae7d1', 'credentials', '01a21582-bbda-7b64-a3fa-b926a5aa90b3', 1, 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'Anna Żółć', 'anna@poczta.example', 'Dane do logowania – Wodociągi i Ciepło', NULL, NULL, 'null', 'sent', '2026-11-26 01:40:19.217089+00', '2026-11-26 01:41:19.56072+00', 1, '2026-11-26 01:40:19.743821+00', '', '01a21582-bb6f-77bf-8750-304da2adbe79');
INSERT INTO public.mail VALUES ('01a21582-c955-7a56-9475-d188993e4d90', 'new_bill', '01a21582-c671-78dc-ba78-a37509849580', 1, '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'Jan Śliwa', 'jan@poczta.example', 'Nowy rachunek FV/2026/11/000007: 104,43 zł do 10.12.2026', NULL, NULL, '{"key": "invoices/2026/11/01a21582-c671-78dc-ba78-a37509849580.pdf", "name": "FV-2026-11-000007.pdf", "sha256": "19f1b71e0986e1604260ea1fb9dd31bf1accfab053c5afad3748c162b355ded7", "media_type": "application/pdf"}', 'sent', '2026-11-26 01:40:22.372259+00', '2026-11-26 01:41:22.527067+00', 1, '2026-11-26 01:40:22.650736+00', '', '01a21582-c5ba-7c99-a7a7-da13b00dc9da');
SELECT pg_catalog.setval('public.outbox_position_seq', 2, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_pkey PRIMARY KEY (party_id);
ALTER TABLE ONLY public.early_bill
    ADD CONSTRAINT early_bill_pkey PRIMARY KEY (invoice_id);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (message_id);
ALTER TABLE ONLY public.mail
    ADD CONSTRAINT mail_once UNIQUE (kind, about_id, about_version);
ALTER TABLE ONLY public.mail
    ADD CONSTRAINT mail_pkey PRIMARY KEY (mail_id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY ("position");
CREATE INDEX answer_answered_at ON public.answer USING btree (answered_at);
CREATE INDEX early_bill_issued_on ON public.early_bill USING btree (issued_on);
CREATE INDEX early_bill_party_id ON public.early_bill USING btree (party_id);
CREATE INDEX inbox_received_at ON public.inbox USING btree (received_at);
CREATE INDEX mail_due_at ON public.mail USING btree (due_at) WHERE (status = ANY (ARRAY['waiting'::text, 'sending'::text]));
CREATE INDEX mail_failed ON public.mail USING btree (created_at) WHERE (status = 'failed'::text);
CREATE INDEX mail_waits_since ON public.mail USING btree (created_at) WHERE (status = ANY (ARRAY['waiting'::text, 'sending'::text]));
