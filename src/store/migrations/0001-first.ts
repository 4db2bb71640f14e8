export const first = `
  CREATE TABLE people (
    id            INTEGER PRIMARY KEY,
    address       TEXT NOT NULL UNIQUE,
    first_seen_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE turns (
    id        INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    state     TEXT NOT NULL CHECK (state IN ('open', 'reply', 'fallback', 'silence')),
    bot       TEXT,
    reason    TEXT,
    opened_at INTEGER NOT NULL,
    ended_at  INTEGER
  ) STRICT;

  CREATE INDEX turns_by_person ON turns (person_id);

  CREATE TABLE inbound (
    id          INTEGER PRIMARY KEY,
    turn_id     INTEGER NOT NULL REFERENCES turns (id),
    channel     TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    recipient   TEXT NOT NULL,
    body        TEXT NOT NULL,
    media       TEXT,
    received_at INTEGER NOT NULL,
    UNIQUE (provider_id, channel)
  ) STRICT;

  CREATE TABLE outbound (
    turn_id INTEGER NOT NULL REFERENCES turns (id),
    part    INTEGER NOT NULL,
    body    TEXT NOT NULL,
    PRIMARY KEY (turn_id, part)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE memories (
    person_id INTEGER NOT NULL REFERENCES people (id),
    bot       TEXT NOT NULL,
    key       TEXT NOT NULL,
    value     TEXT NOT NULL,
    PRIMARY KEY (person_id, bot, key)
  ) STRICT, WITHOUT ROWID;

  -- One row, written to learn whether writing works.
  CREATE TABLE pulse (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    beat_at INTEGER NOT NULL
  ) STRICT;
`;
