export const delivery = `
  -- Set when everything of the person was erased, until they text again.
  ALTER TABLE people ADD COLUMN erased_at INTEGER;

  CREATE INDEX people_erased ON people (erased_at) WHERE erased_at IS NOT NULL;
  CREATE INDEX turns_open ON turns (id) WHERE state = 'open';

  -- One message opens one turn: the turn's number finds it without another index.
  CREATE TABLE inbound_texts (
    turn_id     INTEGER PRIMARY KEY REFERENCES turns (id),
    channel     TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    recipient   TEXT NOT NULL,
    body        TEXT NOT NULL,
    media       TEXT,
    -- The keyword that the provider took it for.
    handled_as  TEXT,
    received_at INTEGER NOT NULL,
    -- Its words and those of its answer are gone; that it came is still known.
    is_empty    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (provider_id, channel)
  ) STRICT;

  INSERT INTO inbound_texts (turn_id, channel, provider_id, recipient, body, media, received_at)
  SELECT turn_id, channel, provider_id, recipient, body, media, received_at FROM inbound ORDER BY turn_id;

  DROP TABLE inbound;
  ALTER TABLE inbound_texts RENAME TO inbound;

  CREATE INDEX inbound_full ON inbound (received_at) WHERE is_empty = 0;

  -- Every text of ours and where it is; src/delivery.ts says what the states mean.
  CREATE TABLE outbound_texts (
    id           INTEGER PRIMARY KEY,
    turn_id      INTEGER NOT NULL REFERENCES turns (id),
    person_id    INTEGER NOT NULL REFERENCES people (id),
    channel      TEXT NOT NULL,
    sender       TEXT NOT NULL,
    body         TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN
      ('answered', 'owed', 'sending', 'uncertain', 'sent', 'kept', 'held', 'failed', 'dropped')),
    -- When something is to be done about it next.
    due_at       INTEGER,
    attempts     INTEGER NOT NULL DEFAULT 0,
    attempted_at INTEGER,
    sid          TEXT,
    status       TEXT NOT NULL DEFAULT 'unknown',
    error_code   INTEGER,
    -- Why it failed or was dropped, in words.
    reason       TEXT,
    -- 1: erased here, and to be erased at the provider once it has told its sid.
    is_to_erase  INTEGER NOT NULL DEFAULT 0,
    segments     INTEGER NOT NULL,
    -- In USD, estimated.
    cost         REAL NOT NULL,
    -- It answers a keyword, and goes to somebody who opted out, too.
    is_keyword   INTEGER NOT NULL DEFAULT 0,
    created_at   INTEGER NOT NULL
  ) STRICT;

  INSERT INTO outbound_texts
    (turn_id, person_id, channel, sender, body, state, segments, cost, created_at)
  SELECT outbound.turn_id, turns.person_id, inbound.channel, inbound.recipient, outbound.body,
         'answered', 1, 0, coalesce(turns.ended_at, turns.opened_at)
    FROM outbound JOIN turns ON turns.id = outbound.turn_id JOIN inbound ON inbound.turn_id = turns.id
   ORDER BY outbound.turn_id, outbound.part;

  DROP TABLE outbound;
  ALTER TABLE outbound_texts RENAME TO outbound;

  CREATE INDEX outbound_by_turn ON outbound (turn_id);
  CREATE INDEX outbound_due ON outbound (due_at) WHERE due_at IS NOT NULL AND state <> 'sent';
  -- Twilio has them, and is to be asked what became of them.
  CREATE INDEX outbound_asked ON outbound (due_at) WHERE due_at IS NOT NULL AND state = 'sent';
  -- What must go before a later text of the same person, or with it.
  CREATE INDEX outbound_waiting ON outbound (person_id)
    WHERE state IN ('owed', 'sending', 'uncertain', 'kept', 'held');

  -- What went wrong, for whoever runs the server.
  CREATE INDEX turns_fallback ON turns (id) WHERE state = 'fallback';
  CREATE INDEX outbound_failed ON outbound (id)
    WHERE state IN ('failed', 'dropped') OR status IN ('canceled', 'failed', 'undelivered');

  -- Who asked for messages to stop or to start again, at which of our numbers; only ever added to.
  CREATE TABLE consent (
    id      INTEGER PRIMARY KEY,
    person  TEXT NOT NULL,
    number  TEXT NOT NULL,
    records TEXT NOT NULL CHECK (records IN ('opted out', 'opted in')),
    -- How we know: a keyword by text, the provider's own word for it, its error code.
    source  TEXT NOT NULL,
    -- When the text came: what is written down late may be of a time before the line above it.
    at      INTEGER NOT NULL
  ) STRICT;

  CREATE INDEX consent_by_person ON consent (person, number, at);

  CREATE TRIGGER consent_is_kept BEFORE DELETE ON consent
  BEGIN SELECT raise(ABORT, 'the consent ledger is only ever added to'); END;

  CREATE TRIGGER consent_is_final BEFORE UPDATE ON consent
  BEGIN SELECT raise(ABORT, 'the consent ledger is only ever added to'); END;

  -- What a person used in a day (UTC, days since 1970); person 0 is everybody together.
  CREATE TABLE usage (
    person_id INTEGER NOT NULL,
    day       INTEGER NOT NULL,
    texts     INTEGER NOT NULL,
    segments  INTEGER NOT NULL,
    cost      REAL NOT NULL,
    PRIMARY KEY (person_id, day)
  ) STRICT, WITHOUT ROWID;

  -- Messages whose copy at the provider is to be erased.
  CREATE TABLE erasures (
    sid    TEXT PRIMARY KEY,
    due_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX erasures_due ON erasures (due_at);

  -- Our numbers that people texted: of an account's texts, only those to them are ours to answer.
  CREATE TABLE numbers (
    address   TEXT PRIMARY KEY,
    -- When a webhook brought a text to it, to the day.
    texted_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  INSERT INTO numbers SELECT recipient, max(received_at) FROM inbound WHERE channel = 'sms' GROUP BY recipient;

  -- Points in time that outlast the program, by name.
  CREATE TABLE marks (
    name TEXT PRIMARY KEY,
    at   INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Tells what Twilio says of another database's texts from what it says of ours.
  INSERT INTO marks VALUES ('identity', abs(random() % 1000000000));
`;
