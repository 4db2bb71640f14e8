export const sharedMemories = `
  -- What a bot remembers for everybody who texts it.
  CREATE TABLE shared_memories (
    bot   TEXT NOT NULL,
    key   TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (bot, key)
  ) STRICT, WITHOUT ROWID;
`;
