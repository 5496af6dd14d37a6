PRAGMA application_id = 1346459474;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE TABLE papers (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    list_day TEXT NOT NULL,
    position INTEGER NOT NULL,
    abstract TEXT NOT NULL,
    authors TEXT NOT NULL,
    published_at TEXT,
    summary TEXT NOT NULL,
    keywords TEXT NOT NULL,
    organization TEXT NOT NULL,
    upvotes INTEGER NOT NULL,
    comments INTEGER NOT NULL,
    stars INTEGER,
    code_url TEXT NOT NULL,
    project_url TEXT NOT NULL,
    thumbnail_url TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    pending INTEGER NOT NULL CHECK (pending IN (0, 1))
) STRICT;
CREATE INDEX papers_by_day ON papers (list_day, position);
CREATE INDEX papers_pending ON papers (list_day, position) WHERE pending;
CREATE TABLE lists (
    source TEXT NOT NULL,
    day TEXT NOT NULL,
    read_at TEXT NOT NULL,
    PRIMARY KEY (source, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE definitions (
    paper INTEGER NOT NULL REFERENCES papers (pk) ON DELETE CASCADE,
    acronym TEXT NOT NULL,
    full_form TEXT NOT NULL,
    PRIMARY KEY (paper, acronym, full_form)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE papers_text USING fts5 (
    title, abstract, keywords, authors,
    content = 'papers', content_rowid = 'pk', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE papers_words USING fts5vocab (papers_text, row);
CREATE TRIGGER papers_inserted AFTER INSERT ON papers BEGIN
    INSERT INTO papers_text (rowid, title, abstract, keywords, authors)
    VALUES (new.pk, new.title, new.abstract, new.keywords, new.authors);
END;
CREATE TRIGGER papers_updated AFTER UPDATE OF title, abstract, keywords, authors ON papers BEGIN
    INSERT INTO papers_text (papers_text, rowid, title, abstract, keywords, authors)
    VALUES ('delete', old.pk, old.title, old.abstract, old.keywords, old.authors);
    INSERT INTO papers_text (rowid, title, abstract, keywords, authors)
    VALUES (new.pk, new.title, new.abstract, new.keywords, new.authors);
END;
CREATE TRIGGER papers_deleted AFTER DELETE ON papers BEGIN
    INSERT INTO papers_text (papers_text, rowid, title, abstract, keywords, authors)
    VALUES ('delete', old.pk, old.title, old.abstract, old.keywords, old.authors);
END;
CREATE TABLE channels (
    pk INTEGER PRIMARY KEY,
    platform TEXT NOT NULL,
    id TEXT NOT NULL,
    next_number INTEGER NOT NULL DEFAULT 1,
    greeted INTEGER NOT NULL DEFAULT 0 CHECK (greeted IN (0, 1)),
    pause_reason TEXT,
    pause_repair TEXT,
    paused_since TEXT,
    probe_at TEXT,
    rhythm TEXT,
    digest_due TEXT,
    digest_last INTEGER,
    empty_digests INTEGER NOT NULL DEFAULT 0 CHECK (empty_digests IN (0, 1)),
    quiet_since TEXT,
    quiet_until TEXT,
    quiet_by TEXT,
    next_due TEXT,
    claim_key TEXT,
    claimed_at TEXT,
    uncertain INTEGER NOT NULL DEFAULT 0 CHECK (uncertain IN (0, 1)),
    attempts INTEGER NOT NULL DEFAULT 0,
    UNIQUE (platform, id)
) STRICT;
CREATE INDEX channels_due ON channels (platform, next_due) WHERE next_due IS NOT NULL;
CREATE INDEX channels_without_digest ON channels (digest_due)
    WHERE digest_due IS NOT NULL AND next_due IS NULL AND claim_key IS NULL;
CREATE INDEX channels_claimed ON channels (pk) WHERE claim_key IS NOT NULL;
CREATE TABLE queries (
    pk INTEGER PRIMARY KEY,
    canonical TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL,
    filed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX queries_by_filing ON queries (filed);
CREATE TABLE anchors (
    anchor TEXT NOT NULL,
    query INTEGER NOT NULL REFERENCES queries (pk) ON DELETE CASCADE,
    part INTEGER NOT NULL,
    conjunction TEXT NOT NULL,
    PRIMARY KEY (anchor, query, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX anchors_by_query ON anchors (query);
CREATE TABLE subscriptions (
    pk INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL REFERENCES channels (pk),
    number INTEGER NOT NULL,
    query INTEGER NOT NULL REFERENCES queries (pk),
    text TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    pending INTEGER NOT NULL CHECK (pending IN (0, 1)),
    UNIQUE (channel, number),
    UNIQUE (channel, query)
) STRICT;
CREATE INDEX subscriptions_by_query ON subscriptions (query, channel, number, created_at);
CREATE INDEX subscriptions_pending ON subscriptions (pk) WHERE pending;
CREATE TABLE outbox (
    pk INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL,
    paper INTEGER NOT NULL,
    number INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('due', 'claimed', 'delivered', 'failed', 'expired')),
    enqueued_at TEXT NOT NULL,
    settled_at TEXT,
    reason TEXT,
    receipt TEXT,
    link TEXT,
    UNIQUE (channel, paper)
) STRICT;
CREATE INDEX outbox_open ON outbox (channel, state, pk) WHERE state IN ('due', 'claimed');
CREATE INDEX outbox_due ON outbox (pk) WHERE state = 'due';
CREATE TABLE settled (
    state TEXT PRIMARY KEY,
    deliveries INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "_sqlite_migrations" (id, migration_set, name, applied_at) VALUES (1, 'paperwire', 'papers', '2026-11-21 11:38:07.773218+00:00');
INSERT INTO "_sqlite_migrations" (id, migration_set, name, applied_at) VALUES (2, 'paperwire', 'subscriptions', '2026-11-21 11:38:07.774050+00:00');
INSERT INTO "papers" (pk, id, title, url, list_day, position, abstract, authors, published_at, summary, keywords, organization, upvotes, comments, stars, code_url, project_url, thumbnail_url, changed_at, pending) VALUES (1, '9901.00001', 'Robots Pour Tea, Part 1', 'https://papers.example/papers/9901.00001', '2026-03-10', 0, 'Reinforcement learning (RL) lets 1 robots pour tea.', '["Ada Example", "Ben Sample"]', '2026-03-09T12:00:00.000000+00:00', 'Tea is poured.', '["robots", "tea"]', 'Acme Labs', 10, 1, 1, 'https://code.example/tea', '', '', '2026-03-10T12:00:00.000000+00:00', 0);
INSERT INTO "papers" (pk, id, title, url, list_day, position, abstract, authors, published_at, summary, keywords, organization, upvotes, comments, stars, code_url, project_url, thumbnail_url, changed_at, pending) VALUES (2, '9901.00002', 'Robots Pour Tea, Part 2', 'https://papers.example/papers/9901.00002', '2026-03-10', 1, 'Reinforcement learning (RL) lets 2 robots pour tea.', '["Ada Example", "Ben Sample"]', '2026-03-08T12:00:00.000000+00:00', 'Tea is poured.', '["robots", "tea"]', 'Acme Labs', 20, 2, NULL, 'https://code.example/tea', '', '', '2026-03-10T12:00:00.000000+00:00', 0);
INSERT INTO "papers" (pk, id, title, url, list_day, position, abstract, authors, published_at, summary, keywords, organization, upvotes, comments, stars, code_url, project_url, thumbnail_url, changed_at, pending) VALUES (3, '9901.00003', 'Robots Pour Tea, Part 3', 'https://papers.example/papers/9901.00003', '2026-03-10', 2, 'Reinforcement learning (RL) lets 3 robots pour tea.', '["Ada Example", "Ben Sample"]', '2026-03-07T12:00:00.000000+00:00', 'Tea is poured.', '["robots", "tea"]', 'Acme Labs', 30, 3, 3, 'https://code.example/tea', '', '', '2026-03-10T12:00:00.000000+00:00', 0);
INSERT INTO "papers" (pk, id, title, url, list_day, position, abstract, authors, published_at, summary, keywords, organization, upvotes, comments, stars, code_url, project_url, thumbnail_url, changed_at, pending) VALUES (4, '9901.00004', 'Robots Pour Tea, Part 4', 'https://papers.example/papers/9901.00004', '2026-03-10', 3, 'Reinforcement learning (RL) lets 4 robots pour tea.', '["Ada Example", "Ben Sample"]', '2026-03-06T12:00:00.000000+00:00', 'Tea is poured.', '["robots", "tea"]', 'Acme Labs', 40, 4, NULL, 'https://code.example/tea', '', '', '2026-03-10T12:00:00.000000+00:00', 0);
INSERT INTO "papers" (pk, id, title, url, list_day, position, abstract, authors, published_at, summary, keywords, organization, upvotes, comments, stars, code_url, project_url, thumbnail_url, changed_at, pending) VALUES (5, '9901.00005', 'Robots Pour Tea, Part 5', 'https://papers.example/papers/9901.00005', '2026-03-10', 4, 'Reinforcement learning (RL) lets 5 robots pour tea.', '["Ada Example", "Ben Sample"]', '2026-03-05T12:00:00.000000+00:00', 'Tea is poured.', '["robots", "tea"]', 'Acme Labs', 50, 5, 5, 'https://code.example/tea', '', '', '2026-03-10T12:00:00.000000+00:00', 0);
INSERT INTO "papers" (pk, id, title, url, list_day, position, abstract, authors, published_at, summary, keywords, organization, upvotes, comments, stars, code_url, project_url, thumbnail_url, changed_at, pending) VALUES (6, '9901.00006', 'Robots Pour Tea, Part 6', 'https://papers.example/papers/9901.00006', '2026-03-10', 5, 'Reinforcement learning (RL) lets 6 robots pour tea.', '["Ada Example", "Ben Sample"]', '2026-03-04T12:00:00.000000+00:00', 'Tea is poured.', '["robots", "tea"]', 'Acme Labs', 60, 6, NULL, 'https://code.example/tea', '', '', '2026-03-10T12:00:00.000000+00:00', 0);
INSERT INTO "papers" (pk, id, title, url, list_day, position, abstract, authors, published_at, summary, keywords, organization, upvotes, comments, stars, code_url, project_url, thumbnail_url, changed_at, pending) VALUES (7, '9901.00007', 'Robots Pour Tea, Part 7', 'https://papers.example/papers/9901.00007', '2026-03-11', 0, 'Reinforcement learning (RL) lets 7 robots pour tea.', '["Ada Example", "Ben Sample"]', '2026-03-03T12:00:00.000000+00:00', 'Tea is poured.', '["robots", "tea"]', 'Acme Labs', 70, 7, 7, 'https://code.example/tea', '', '', '2026-03-11T12:00:00.000000+00:00', 1);
INSERT INTO "lists" (source, day, read_at) VALUES ('huggingface', '2026-03-10', '2026-03-10T12:00:00.000000+00:00');
INSERT INTO "lists" (source, day, read_at) VALUES ('huggingface', '2026-03-11', '2026-03-11T12:00:00.000000+00:00');
INSERT INTO "definitions" (paper, acronym, full_form) VALUES (1, 'RL', 'Reinforcement learning');
INSERT INTO "definitions" (paper, acronym, full_form) VALUES (2, 'RL', 'Reinforcement learning');
INSERT INTO "definitions" (paper, acronym, full_form) VALUES (3, 'RL', 'Reinforcement learning');
INSERT INTO "definitions" (paper, acronym, full_form) VALUES (4, 'RL', 'Reinforcement learning');
INSERT INTO "definitions" (paper, acronym, full_form) VALUES (5, 'RL', 'Reinforcement learning');
INSERT INTO "definitions" (paper, acronym, full_form) VALUES (6, 'RL', 'Reinforcement learning');
INSERT INTO "channels" (pk, platform, id, next_number, greeted, pause_reason, pause_repair, paused_since, probe_at, rhythm, digest_due, digest_last, empty_digests, quiet_since, quiet_until, quiet_by, next_due, claim_key, claimed_at, uncertain, attempts) VALUES (1, 'slack', 'C0000000001', 4, 1, 'the channel is archived', 'unarchive it', '2026-03-10T12:00:00.000000+00:00', '2026-03-10T12:30:00.000000+00:00', NULL, NULL, NULL, 0, NULL, NULL, NULL, '2026-03-10T12:30:00.000000+00:00', NULL, NULL, 0, 1);
INSERT INTO "channels" (pk, platform, id, next_number, greeted, pause_reason, pause_repair, paused_since, probe_at, rhythm, digest_due, digest_last, empty_digests, quiet_since, quiet_until, quiet_by, next_due, claim_key, claimed_at, uncertain, attempts) VALUES (2, 'discord', '100000000000000001', 3, 0, NULL, NULL, NULL, NULL, 'daily 09:00 Europe/Berlin', '2026-03-11T08:00:00.000000+00:00', NULL, 1, '2026-03-10T12:00:00.000000+00:00', '2026-03-13T12:00:00.000000+00:00', 'ben', '2026-03-13T12:00:00.000000+00:00', NULL, NULL, 0, 0);
INSERT INTO "channels" (pk, platform, id, next_number, greeted, pause_reason, pause_repair, paused_since, probe_at, rhythm, digest_due, digest_last, empty_digests, quiet_since, quiet_until, quiet_by, next_due, claim_key, claimed_at, uncertain, attempts) VALUES (3, 'terminal', 'local', 3, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, '84e9e97646d96343498a1493', '2026-03-10T12:00:00.000000+00:00', 0, 0);
INSERT INTO "queries" (pk, canonical, text, filed) VALUES (1, 'robots', 'robots', 1);
INSERT INTO "queries" (pk, canonical, text, filed) VALUES (2, '"teapots in orbit", upvotes>=20', '"teapots in orbit", upvotes>=20', 1);
INSERT INTO "queries" (pk, canonical, text, filed) VALUES (3, 'kettles AND -survey', 'kettles -survey', 0);
INSERT INTO "anchors" (anchor, query, part, conjunction) VALUES ('', 2, 1, '?upvotes>=20');
INSERT INTO "anchors" (anchor, query, part, conjunction) VALUES ('robot', 1, 0, 'robot');
INSERT INTO "anchors" (anchor, query, part, conjunction) VALUES ('teapot', 2, 0, '?"teapots in orbit"');
INSERT INTO "subscriptions" (pk, channel, number, query, text, created_at, created_by, pending) VALUES (1, 1, 1, 1, 'robots', '2026-03-08T12:00:00.000000+00:00', 'ada', 0);
INSERT INTO "subscriptions" (pk, channel, number, query, text, created_at, created_by, pending) VALUES (2, 1, 2, 2, '"teapots in orbit", upvotes>=20', '2026-03-08T12:00:00.000000+00:00', 'ada', 0);
INSERT INTO "subscriptions" (pk, channel, number, query, text, created_at, created_by, pending) VALUES (3, 2, 1, 1, 'robots', '2026-03-08T12:00:00.000000+00:00', 'ada', 0);
INSERT INTO "subscriptions" (pk, channel, number, query, text, created_at, created_by, pending) VALUES (4, 2, 2, 2, '"teapots in orbit", upvotes>=20', '2026-03-08T12:00:00.000000+00:00', 'ada', 0);
INSERT INTO "subscriptions" (pk, channel, number, query, text, created_at, created_by, pending) VALUES (5, 3, 1, 1, 'robots', '2026-03-08T12:00:00.000000+00:00', 'ada', 0);
INSERT INTO "subscriptions" (pk, channel, number, query, text, created_at, created_by, pending) VALUES (6, 3, 2, 2, '"teapots in orbit", upvotes>=20', '2026-03-08T12:00:00.000000+00:00', 'ada', 0);
INSERT INTO "subscriptions" (pk, channel, number, query, text, created_at, created_by, pending) VALUES (7, 1, 3, 3, 'kettles -survey', '2026-03-11T12:00:00.000000+00:00', 'cyd', 1);
INSERT INTO "outbox" (pk, channel, paper, number, state, enqueued_at, settled_at, reason, receipt, link) VALUES (1, 1, 1, 1, 'expired', '2026-03-10T12:00:00.000000+00:00', '2026-03-18T12:00:00.000000+00:00', 'the channel is archived', NULL, NULL);
INSERT INTO "outbox" (pk, channel, paper, number, state, enqueued_at, settled_at, reason, receipt, link) VALUES (2, 1, 2, 1, 'expired', '2026-03-10T12:00:00.000000+00:00', '2026-03-18T12:00:00.000000+00:00', NULL, NULL, NULL);
INSERT INTO "outbox" (pk, channel, paper, number, state, enqueued_at, settled_at, reason, receipt, link) VALUES (3, 1, 3, 1, 'expired', '2026-03-10T12:00:00.000000+00:00', '2026-03-18T12:00:00.000000+00:00', NULL, NULL, NULL);
INSERT INTO "outbox" (pk, channel, paper, number, state, enqueued_at, settled_at, reason, receipt, link) VALUES (4, 1, 4, 1, 'expired', '2026-03-10T12:00:00.000000+00:00', '2026-03-18T12:00:00.000000+00:00', NULL, NULL, NULL);
INSERT INTO "outbox" (pk, channel, paper, number, state, enqueued_at, settled_at, reason, receipt, link) VALUES (5, 1, 5, 1, 'expired', '2026-03-10T12:00:00.000000+00:00', '2026-03-18T12:00:00.000000+00:00', NULL, NULL, NULL);
INSERT INTO "outbox" (pk, channel, paper, number, state, enqueued_at, settled_at, reason, receipt, link) VALUES (6, 1, 6, 1, 'expired', '2026-03-10T12:00:00.000000+00:00', '2026-03-18T12:00:00.000000+00:00', NULL, NULL, NULL);
INSERT INTO "outbox" (pk, channel, paper, number, state, enqueued_at, settled_at, reason, receipt, link) VALUES (7, 2, 1, 1, 'due', '2026-03-10T12:00:00.000000+00:00', NULL, NULL, NULL, NULL);
INSERT INTO "outbox" (pk, channel, paper, number, state, enqueued_at, settled_at, reason, receipt, link) VALUES (8, 2, 2, 1, 'due', '2026-03-10T12:00:00.000000+00:00', NULL, NULL, NULL, NULL);
INSERT INTO "outbox" (pk, channel, paper, number, state, enqueued_at, settled_at, reason, receipt, link) VALUES (9, 2, 3, 1, 'due', '2026-03-10T12:00:00.000000+00:00', NULL, NULL, NULL, NULL);
INSERT INTO "outbox" (pk, channel, paper, number, state, enqueued_at, settled_at, reason, receipt, link) VALUES (10, 2, 4, 1, 'due', '2026-03-10T12:00:00.000000+00:00', NULL, NULL, NULL, NULL);
INSERT INTO "outbox" (pk, channel, paper, number, state, enqueued_at, settled_at, reason, receipt, link) VALUES (11, 2, 5, 1, 'due', '2026-03-10T12:00:00.000000+00:00', NULL, NULL, NULL, NULL);
INSERT INTO "outbox" (pk, channel, paper, number, state, enqueued_at, settled_at, reason, receipt, link) VALUES (12, 2, 6, 1, 'due', '2026-03-10T12:00:00.000000+00:00', NULL, NULL, NULL, NULL);
INSERT INTO "outbox" (pk, channel, paper, number, state, enqueued_at, settled_at, reason, receipt, link) VALUES (13, 3, 1, 1, 'delivered', '2026-03-10T12:00:00.000000+00:00', '2026-03-10T12:00:00.000000+00:00', NULL, 'receipt-0', 'https://chat.example/1');
INSERT INTO "outbox" (pk, channel, paper, number, state, enqueued_at, settled_at, reason, receipt, link) VALUES (14, 3, 2, 1, 'failed', '2026-03-10T12:00:00.000000+00:00', '2026-03-10T12:00:00.000000+00:00', 'the card is too large', NULL, NULL);
INSERT INTO "outbox" (pk, channel, paper, number, state, enqueued_at, settled_at, reason, receipt, link) VALUES (16, 3, 4, 1, 'claimed', '2026-03-10T12:00:00.000000+00:00', NULL, NULL, NULL, NULL);
INSERT INTO "outbox" (pk, channel, paper, number, state, enqueued_at, settled_at, reason, receipt, link) VALUES (17, 3, 5, 1, 'expired', '2026-03-10T12:00:00.000000+00:00', '2026-03-18T12:00:00.000000+00:00', NULL, NULL, NULL);
INSERT INTO "outbox" (pk, channel, paper, number, state, enqueued_at, settled_at, reason, receipt, link) VALUES (18, 3, 6, 1, 'expired', '2026-03-10T12:00:00.000000+00:00', '2026-03-18T12:00:00.000000+00:00', NULL, NULL, NULL);
INSERT INTO "settled" (state, deliveries) VALUES ('delivered', 1);
INSERT INTO "settled" (state, deliveries) VALUES ('expired', 8);
INSERT INTO "settled" (state, deliveries) VALUES ('failed', 1);
