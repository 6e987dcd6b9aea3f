CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.answer (
    key text NOT NULL,
    reply jsonb,
    answered_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE public.answer IS 'Replies to requests that carried an idempotency key: the same form sent twice gets the same reply.';
CREATE TABLE public.inbox (
    message_id uuid NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE public.inbox IS 'Messages whose effect is stored: a second delivery changes nothing.';
CREATE TABLE public.meter (
    meter_id uuid NOT NULL,
    number text NOT NULL,
    service_point text NOT NULL,
    medium text NOT NULL,
    unit text NOT NULL,
    street text NOT NULL,
    postal_code text NOT NULL,
    city text NOT NULL,
    installed_on date NOT NULL,
    legalized_until date,
    version integer NOT NULL
);
COMMENT ON TABLE public.meter IS 'Meters; a row is locked while a reading of it is checked and stored.';
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
CREATE TABLE public.reading (
    reading_id uuid NOT NULL,
    meter_id uuid NOT NULL,
    read_on date NOT NULL,
    value numeric(14,3) NOT NULL,
    source text NOT NULL,
    version integer NOT NULL,
    accepted_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.reading IS 'Accepted cumulative registers; read_on is a local date, version its place among the meter''s.';
CREATE TABLE public.telemetry (
    meter_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    energy_kwh numeric NOT NULL,
    volume_m3 numeric NOT NULL,
    inlet_m3c numeric NOT NULL,
    back_m3c numeric NOT NULL
);
COMMENT ON TABLE public.telemetry IS 'Hourly cumulative registers as the meter told them; mean supply temperature is Δinlet / Δvolume.';
INSERT INTO public.alembic_version VALUES ('0001');
INSERT INTO public.answer VALUES ('3rYN5W002U6K2T3rGZhm2g:1d530caee5292a31c0e00a80e11883f6e35228ed78484b94e34b9ce56e652ef0', '{"events": [{"id": "01a21582-c60c-7b4f-9d9a-c22097c18a99", "data": "{\"version\":4,\"reading_id\":\"987e7881-adc7-596e-8b20-dd3165065b06\",\"meter_id\":\"2a343cf7-df62-5358-a959-c85ea949e08e\",\"meter_number\":\"W-2\",\"service_point\":\"PW-100002\",\"medium\":\"water\",\"unit\":\"m3\",\"value\":\"225.000\",\"read_on\":\"2026-11-26\",\"source\":\"customer\",\"previous_value\":\"216.000\",\"previous_read_on\":\"2026-10-31\"}", "time": "2026-11-26T01:40:21.585392+00:00", "type": "metering.reading.accepted.v1", "source": "metering", "subject": "2a343cf7-df62-5358-a959-c85ea949e08e", "sequence": 4, "correlation_id": "01a21582-c5ba-7c99-a7a7-da13b00dc9da"}], "outcome": "accepted"}', '2026-11-26 01:40:21.59783+00');
INSERT INTO public.meter VALUES ('25a0b966-d9c1-5977-b99a-dbe7438d794d', 'H-1', 'PC-100001', 'heat', 'GJ', 'ul. Źródlana 3', '87-800', 'Włocławek', '2019-03-01', '2030-12-31', 1);
INSERT INTO public.meter VALUES ('f34246fa-c80a-55c0-bc82-b19b4a23e250', 'W-1', 'PW-100001', 'water', 'm3', 'ul. Źródlana 3', '87-800', 'Włocławek', '2019-03-01', '2030-12-31', 1);
INSERT INTO public.meter VALUES ('0bf2d514-abd6-5988-844a-90203f437ecc', 'H-2', 'PC-100002', 'heat', 'GJ', 'ul. Źródlana 3', '87-800', 'Włocławek', '2019-03-01', '2030-12-31', 1);
INSERT INTO public.meter VALUES ('2a343cf7-df62-5358-a959-c85ea949e08e', 'W-2', 'PW-100002', 'water', 'm3', 'ul. Źródlana 3', '87-800', 'Włocławek', '2019-03-01', '2030-12-31', 1);
INSERT INTO public.meter VALUES ('2a2cf523-92fb-530c-8951-1058d36887ed', 'H-3', 'PC-100003', 'heat', 'GJ', 'ul. Źródlana 3', '87-800', 'Włocławek', '2019-03-01', '2030-12-31', 1);
INSERT INTO public.meter VALUES ('65c5c2b0-2c8a-5a32-bad9-704affbbf5c7', 'W-3', 'PW-100003', 'water', 'm3', 'ul. Źródlana 3', '87-800', 'Włocławek', '2019-03-01', '2030-12-31', 1);
INSERT INTO public.reading VALUES ('32effc94-dd48-5e93-ad9a-799c15569a07', '25a0b966-d9c1-5977-b99a-dbe7438d794d', '2026-08-31', 1000.000, 'remote', 1, '2026-11-26 01:40:12.083765+00');
INSERT INTO public.reading VALUES ('3fde93e8-41c6-5fcc-a990-3e5bc75e1ffc', '0bf2d514-abd6-5988-844a-90203f437ecc', '2026-08-31', 1000.000, 'remote', 1, '2026-11-26 01:40:12.083765+00');
INSERT INTO public.reading VALUES ('17f8f831-1589-5ba1-8aac-147809ae4301', '2a2cf523-92fb-530c-8951-1058d36887ed', '2026-08-31', 1000.000, 'remote', 1, '2026-11-26 01:40:12.083765+00');
INSERT INTO public.reading VALUES ('9f50dc23-9b3e-55ef-bfd3-aa8b3fe2dd14', 'f34246fa-c80a-55c0-bc82-b19b4a23e250', '2026-08-31', 200.000, 'actual', 1, '2026-11-26 01:40:12.083765+00');
INSERT INTO public.reading VALUES ('bfce54ca-2d98-5ac2-b629-336dc24beef9', '2a343cf7-df62-5358-a959-c85ea949e08e', '2026-08-31', 200.000, 'actual', 1, '2026-11-26 01:40:12.083765+00');
INSERT INTO public.reading VALUES ('16a3ad1f-46b5-54cf-b3a0-a711b06d319e', '65c5c2b0-2c8a-5a32-bad9-704affbbf5c7', '2026-08-31', 200.000, 'actual', 1, '2026-11-26 01:40:12.083765+00');
INSERT INTO public.reading VALUES ('269d9a27-588e-5840-b350-1b26947c89d3', '25a0b966-d9c1-5977-b99a-dbe7438d794d', '2026-09-30', 1060.000, 'remote', 2, '2026-11-26 01:40:12.083765+00');
INSERT INTO public.reading VALUES ('f55c58a9-34db-5476-b346-e876a8c98870', '0bf2d514-abd6-5988-844a-90203f437ecc', '2026-09-30', 1060.000, 'remote', 2, '2026-11-26 01:40:12.083765+00');
INSERT INTO public.reading VALUES ('6a9fd5f9-9a4e-58ec-81cd-eea4dc152457', '2a2cf523-92fb-530c-8951-1058d36887ed', '2026-09-30', 1060.000, 'remote', 2, '2026-11-26 01:40:12.083765+00');
INSERT INTO public.reading VALUES ('67d60722-53a3-5724-86a6-9594ff16095a', 'f34246fa-c80a-55c0-bc82-b19b4a23e250', '2026-09-30', 208.000, 'actual', 2, '2026-11-26 01:40:12.083765+00');
INSERT INTO public.reading VALUES ('eebe9f79-84f5-53f9-95d7-d8d0502af3a9', '2a343cf7-df62-5358-a959-c85ea949e08e', '2026-09-30', 208.000, 'actual', 2, '2026-11-26 01:40:12.083765+00');
INSERT INTO public.reading VALUES ('367227d9-28ad-58f4-9fe2-30a3f645621c', '65c5c2b0-2c8a-5a32-bad9-704affbbf5c7', '2026-09-30', 208.000, 'actual', 2, '2026-11-26 01:40:12.083765+00');
INSERT INTO public.reading VALUES ('527827f8-cde9-567f-a085-f2bfa7cb4cb6', '25a0b966-d9c1-5977-b99a-dbe7438d794d', '2026-10-31', 1120.000, 'remote', 3, '2026-11-26 01:40:12.083765+00');
INSERT INTO public.reading VALUES ('b29b80d5-26cf-5ce2-a590-06c54435a20a', '0bf2d514-abd6-5988-844a-90203f437ecc', '2026-10-31', 1120.000, 'remote', 3, '2026-11-26 01:40:12.083765+00');
INSERT INTO public.reading VALUES ('08773dc9-753c-5162-a6ba-e8897a4ef132', '2a2cf523-92fb-530c-8951-1058d36887ed', '2026-10-31', 1120.000, 'remote', 3, '2026-11-26 01:40:12.083765+00');
INSERT INTO public.reading VALUES ('37570613-2e2c-5aa9-9e45-239ed6fbe6cc', 'f34246fa-c80a-55c0-bc82-b19b4a23e250', '2026-10-31', 216.000, 'actual', 3, '2026-11-26 01:40:12.083765+00');
INSERT INTO public.reading VALUES ('81189ed8-4e26-56d3-9ddb-ab327e1510bf', '2a343cf7-df62-5358-a959-c85ea949e08e', '2026-10-31', 216.000, 'actual', 3, '2026-11-26 01:40:12.083765+00');
INSERT INTO public.reading VALUES ('dda20f37-9e20-5e4f-a076-69c3206ac597', '65c5c2b0-2c8a-5a32-bad9-704affbbf5c7', '2026-10-31', 216.000, 'actual', 3, '2026-11-26 01:40:12.083765+00');
INSERT INTO public.reading VALUES ('987e7881-adc7-596e-8b20-dd3165065b06', '2a343cf7-df62-5358-a959-c85ea949e08e', '2026-11-26', 225.000, 'customer', 4, '2026-11-26 01:40:21.585392+00');
INSERT INTO public.reading VALUES ('e2f3fc7e-ba4f-5f4d-9d43-c2644fcf8fc0', '65c5c2b0-2c8a-5a32-bad9-704affbbf5c7', '2026-11-26', 225.000, 'remote', 4, '2026-11-26 01:40:22.805911+00');
INSERT INTO public.reading VALUES ('2aa11132-bacd-597b-9435-9ec28aa1bfce', '0bf2d514-abd6-5988-844a-90203f437ecc', '2026-11-26', 1250.000, 'remote', 4, '2026-11-26 01:40:24.035692+00');
INSERT INTO public.telemetry VALUES ('0bf2d514-abd6-5988-844a-90203f437ecc', '2026-11-25 22:00:00+00', 349998, 8998, 599998, 299998);
INSERT INTO public.telemetry VALUES ('0bf2d514-abd6-5988-844a-90203f437ecc', '2026-11-25 23:00:00+00', 349999, 8999, 599999, 299999);
INSERT INTO public.telemetry VALUES ('0bf2d514-abd6-5988-844a-90203f437ecc', '2026-11-26 00:00:00+00', 350000, 9000, 600000, 300000);
SELECT pg_catalog.setval('public.outbox_position_seq', 27, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (message_id);
ALTER TABLE ONLY public.meter
    ADD CONSTRAINT meter_number_key UNIQUE (number);
ALTER TABLE ONLY public.meter
    ADD CONSTRAINT meter_pkey PRIMARY KEY (meter_id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY ("position");
ALTER TABLE ONLY public.reading
    ADD CONSTRAINT reading_meter_id_read_on UNIQUE (meter_id, read_on);
ALTER TABLE ONLY public.reading
    ADD CONSTRAINT reading_pkey PRIMARY KEY (reading_id);
ALTER TABLE ONLY public.telemetry
    ADD CONSTRAINT telemetry_pkey PRIMARY KEY (meter_id, at);
CREATE INDEX answer_answered_at ON public.answer USING btree (answered_at);
CREATE INDEX inbox_received_at ON public.inbox USING btree (received_at);
ALTER TABLE ONLY public.reading
    ADD CONSTRAINT reading_meter_id_fkey FOREIGN KEY (meter_id) REFERENCES public.meter(meter_id);
ALTER TABLE ONLY public.telemetry
    ADD CONSTRAINT telemetry_meter_id_fkey FOREIGN KEY (meter_id) REFERENCES public.meter(meter_id);
