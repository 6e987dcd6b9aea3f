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
    correlation_id text NOT NULL,
    failed_at timestamp with time zone,
    version integer DEFAULT 0 NOT NULL,
    valid_until timestamp with time zone
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
INSERT INTO public.alembic_version VALUES ('0003');
INSERT INTO public.contact VALUES ('45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'Jan Śliwa', 'jan@poczta.example', 1);
INSERT INTO public.contact VALUES ('ad9d9837-e3c2-531b-b8b3-40c383995f08', 'Anna Żółć', 'anna@poczta.example', 1);
INSERT INTO public.early_bill VALUES ('01a21f54-570f-744d-901d-ef28a600c7cb', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', '2026-11-28', '2026-11-27 23:25:51.121234+00', '{"key": "invoices/2026/11/01a21f54-570f-744d-901d-ef28a600c7cb.pdf", "left": "10728.75", "size": 50954, "gross": "10728.75", "due_on": "2026-12-12", "number": "FV/2026/11/000005", "sha256": "4eac5e2dac11abc39036fba0beac9012ae3745733add5411c1f847994cec5450", "version": 1, "party_id": "7c50bf7a-3fad-505e-a1b9-a1638a6525cd", "issued_on": "2026-11-28", "invoice_id": "01a21f54-570f-744d-901d-ef28a600c7cb", "description": "Ciepło, 01.10.2026 – 31.10.2026"}');
INSERT INTO public.early_bill VALUES ('01a21f54-571b-7b21-823e-680aaaac5b87', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', '2026-11-28', '2026-11-27 23:25:51.122771+00', '{"key": "invoices/2026/11/01a21f54-571b-7b21-823e-680aaaac5b87.pdf", "left": "93.18", "size": 48259, "gross": "93.18", "due_on": "2026-12-12", "number": "FV/2026/11/000006", "sha256": "32f6a4c6f47e9b1a74635f6c21a8182402c73d7c3ed051b3a204fc955f360a25", "version": 1, "party_id": "7c50bf7a-3fad-505e-a1b9-a1638a6525cd", "issued_on": "2026-11-28", "invoice_id": "01a21f54-571b-7b21-823e-680aaaac5b87", "description": "Woda i ścieki, 01.10.2026 – 31.10.2026"}');
INSERT INTO public.early_bill VALUES ('01a21f54-5fc3-715d-8ca0-db4fba4623f5', '7c50bf7a-3fad-505e-a1b9-a1638a6525cd', '2026-11-28', '2026-11-27 23:25:53.179862+00', '{"key": "invoices/2026/11/01a21f54-5fc3-715d-8ca0-db4fba4623f5.pdf", "left": "104.43", "size": 48403, "gross": "104.43", "due_on": "2026-12-12", "number": "FV/2026/11/000008", "sha256": "e802d4be7b7024337c861ccf1ea6865e5c486dcaafa15633710950ea67304759", "version": 1, "party_id": "7c50bf7a-3fad-505e-a1b9-a1638a6525cd", "issued_on": "2026-11-28", "invoice_id": "01a21f54-5fc3-715d-8ca0-db4fba4623f5", "description": "Woda i ścieki, 01.11.2026 – 28.11.2026"}');
INSERT INTO public.inbox VALUES ('01a21f54-586e-768a-bfff-b9396c5fca85', '2026-11-27 23:25:51.098298+00');
INSERT INTO public.inbox VALUES ('01a21f54-586e-710e-936c-00dbd30a144c', '2026-11-27 23:25:51.097914+00');
INSERT INTO public.inbox VALUES ('01a21f54-586e-7c42-86ed-fb3c7aca6906', '2026-11-27 23:25:51.097503+00');
INSERT INTO public.inbox VALUES ('01a21f54-586e-74a8-8dfd-96e3d868495d', '2026-11-27 23:25:51.100154+00');
INSERT INTO public.inbox VALUES ('01a21f54-586e-773a-9e90-85a0974e72a8', '2026-11-27 23:25:51.099805+00');
INSERT INTO public.inbox VALUES ('01a21f54-586e-7e85-ae5f-e7985c3aa6d6', '2026-11-27 23:25:51.100526+00');
INSERT INTO public.inbox VALUES ('01a21f54-586f-7087-a8f5-38d0ef75e314', '2026-11-27 23:25:51.120707+00');
INSERT INTO public.inbox VALUES ('01a21f54-586f-7cd7-a51c-f9031db243e7', '2026-11-27 23:25:51.121044+00');
INSERT INTO public.inbox VALUES ('01a21f54-586f-79c1-9306-7d4d35316eb4', '2026-11-27 23:25:51.121353+00');
INSERT INTO public.inbox VALUES ('01a21f54-586f-7567-b55a-d00cebac22a0', '2026-11-27 23:25:51.119082+00');
INSERT INTO public.inbox VALUES ('01a21f54-586f-7c0b-be1e-f5a919bfa014', '2026-11-27 23:25:51.120663+00');
INSERT INTO public.inbox VALUES ('01a21f54-586f-7978-b800-547ad1a1a8dd', '2026-11-27 23:25:51.122933+00');
INSERT INTO public.inbox VALUES ('01a21f54-598f-77f8-8988-721e9440871e', '2026-11-27 23:25:51.38209+00');
INSERT INTO public.inbox VALUES ('01a21f54-5cbf-7249-a87a-9cd5bd8f9bbb', '2026-11-27 23:25:52.204423+00');
INSERT INTO public.inbox VALUES ('01a21f54-5cbf-708a-9b15-963b0ae516c6', '2026-11-27 23:25:52.204884+00');
INSERT INTO public.inbox VALUES ('01a21f54-5cc1-7509-a4c2-3f3a970c4de1', '2026-11-27 23:25:52.220228+00');
INSERT INTO public.inbox VALUES ('01a21f54-607c-7db3-a7fb-574b2de7a66f', '2026-11-27 23:25:53.156547+00');
INSERT INTO public.inbox VALUES ('01a21f54-6098-767e-a474-8f129560a165', '2026-11-27 23:25:53.180018+00');
INSERT INTO public.inbox VALUES ('01a21f54-62ad-7f79-83d4-0095f6649649', '2026-11-27 23:25:53.713697+00');
INSERT INTO public.mail VALUES ('01a21f54-5cd8-7827-8f6d-c911cf6e4ef4', 'credentials', '01a21f54-5ca3-76dd-bdf0-32d23840d15d', 1, 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'Anna Żółć', 'anna@poczta.example', 'Dane do logowania – Wodociągi i Ciepło', NULL, NULL, 'null', 'sent', '2026-11-27 23:25:52.204741+00', '2026-11-27 23:26:52.407737+00', 1, '2026-11-27 23:25:52.420033+00', '', '01a21f54-5c96-7dd1-b435-8b7edd12c497', NULL, 0, '2026-12-12 22:59:59+00');
INSERT INTO public.mail VALUES ('01a21f54-6090-73a0-a192-d9afeb5b93dc', 'new_bill', '01a21f54-5ef4-763f-a1de-6264cdfe6f80', 1, '45aa90fc-b5b1-58d9-9d8d-3d4f107cabfa', 'Jan Śliwa', 'jan@poczta.example', 'Nowy rachunek FV/2026/11/000007: 104,43 zł do 12.12.2026', NULL, NULL, '{"key": "invoices/2026/11/01a21f54-5ef4-763f-a1de-6264cdfe6f80.pdf", "name": "FV-2026-11-000007.pdf", "sha256": "8a9778f356f2aa3db3970b8049bce759c5bf5ac2ac2cb1109b2d01f9da4c022f", "media_type": "application/pdf"}', 'sent', '2026-11-27 23:25:53.156379+00', '2026-11-27 23:26:53.436324+00', 1, '2026-11-27 23:25:53.456794+00', '', '01a21f54-5edd-747c-b836-f31271d85614', NULL, 0, NULL);
INSERT INTO public.mail VALUES ('01a21f54-62b6-7c52-bb97-1ab738a1dc56', 'new_bill', '01a21f54-6262-7627-987a-5fee16f6a9dd', 1, 'ad9d9837-e3c2-531b-b8b3-40c383995f08', 'Anna Żółć', 'anna@poczta.example', 'Nowy rachunek FV/2026/11/000009: 20 219,55 zł do 12.12.2026', 'Dzień dobry,

wystawiliśmy nowy rachunek dla: Anna Żółć.

Do zapłaty: 20 219,55 zł
Termin płatności: 12.12.2026
Numer: FV/2026/11/000009
Data wystawienia: 28.11.2026
Za co: Ciepło, 01.11.2026 – 28.11.2026

Rachunek w PDF jest w załączniku. Szczegóły i płatności zobaczysz tutaj:
https://ebok.example/bills/01a21f54-6262-7627-987a-5fee16f6a9dd

-- 
Wierzbogrodzkie Wodociągi i Ciepło Sp. z o.o.
ul. Wodna 7, 99-950 Wierzbogród
tel. 99 100 20 00
ebok@wierzbogrod.example
', '<!doctype html>
<html lang="pl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>Nowy rachunek: 20 219,55 zł</title>
<style>
  :root { color-scheme: light dark; }
  body { margin: 0; padding: 24px 16px; background: #ffffff; color: #1b1f24; }
  .mail { max-width: 36em; margin: 0 auto; font: 17px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; }
  h1 { font-size: 24px; line-height: 1.25; margin: 0 0 16px; }
  p { margin: 0 0 16px; }
  a { color: #0b57a4; }
  .from { font-weight: 700; margin-bottom: 24px; }
  .facts { width: 100%; border-collapse: collapse; margin: 0 0 24px; }
  .facts th, .facts td { text-align: left; vertical-align: top; padding: 8px 12px 8px 0; border-bottom: 1px solid #c9d1d9; }
  .facts th { font-weight: 400; color: #4a5560; width: 40%; }
  .facts td { font-weight: 700; }
  .typed { font-family: ui-monospace, Consolas, "Courier New", monospace; font-size: 18px; overflow-wrap: anywhere; }
  .quote { border-left: 4px solid #8a949e; padding-left: 12px; white-space: pre-line; }
  .foot { border-top: 1px solid #c9d1d9; padding-top: 16px; font-size: 15px; color: #4a5560; }
  @media (prefers-color-scheme: dark) {
    body { background: #14181d; color: #e8ecf0; }
    a { color: #8cc2ff; }
    .facts th, .foot { color: #b3bcc5; }
    .facts th, .facts td, .foot { border-color: #3a434c; }
  }
</style>
</head>
<body>
<div class="mail">
<p class="from">Wodociągi i Ciepło</p>
<h1>Nowy rachunek: 20 219,55 zł</h1>
<p>Dzień dobry,</p>
<p>wystawiliśmy nowy rachunek dla: Anna Żółć.</p>
<table class="facts">
<tr><th scope="row">Do zapłaty</th><td>20 219,55 zł</td></tr>
<tr><th scope="row">Termin płatności</th><td>12.12.2026</td></tr>
<tr><th scope="row">Numer</th><td>FV/2026/11/000009</td></tr>
<tr><th scope="row">Data wystawienia</th><td>28.11.2026</td></tr>
<tr><th scope="row">Za co</th><td>Ciepło, 01.11.2026 – 28.11.2026</td></tr>
</table>
<p>Rachunek w PDF jest w załączniku. <a href="https://ebok.example/bills/01a21f54-6262-7627-987a-5fee16f6a9dd">Zobacz szczegóły rachunku i płatności</a>.</p>
<p class="foot">Wierzbogrodzkie Wodociągi i Ciepło Sp. z o.o.<br>
ul. Wodna 7, 99-950 Wierzbogród<br>
tel. 99 100 20 00, e-mail: <a href="mailto:ebok@wierzbogrod.example">ebok@wierzbogrod.example</a></p>
</div>
</body>
</html>
', '{"key": "invoices/2026/11/01a21f54-6262-7627-987a-5fee16f6a9dd.pdf", "name": "FV-2026-11-000009.pdf", "sha256": "837626f949e2fc05f497542c3257951dbe02d54651a9873dee8c357416e8ed06", "media_type": "application/pdf"}', 'failed', '2026-11-27 23:25:53.713518+00', '2026-11-27 23:26:53.961912+00', 1, NULL, '550 5.1.1 no such mailbox', '01a21f54-6252-7ecc-932c-f1797aab116b', '2026-11-27 23:25:53.973886+00', 1, NULL);
SELECT pg_catalog.setval('public.outbox_position_seq', 3, true);
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
