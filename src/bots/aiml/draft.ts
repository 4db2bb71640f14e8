/** A memory with the changes of one message noted beside it. */
export interface Draft {
  /** The memory as it was; looked at, never changed. */
  readonly memory: ReadonlyMap<string, string>;
  read(key: string): string | undefined;
  /** Null forgets the key. */
  write(key: string, value: string | null): void;
  /** Everything whose key begins so. */
  entries(prefix: string): Iterable<readonly [key: string, value: string]>;
  /** What is to be written: only what is now different. */
  changes(): ReadonlyMap<string, string | null>;
}

export function createDraft(memory: ReadonlyMap<string, string>): Draft {
  const written = new Map<string, string | null>();
  return {
    memory,
    read(key) {
      const value = written.get(key);
      return value === undefined ? memory.get(key) : (value ?? undefined);
    },
    write(key, value) {
      if ((memory.get(key) ?? null) === value) written.delete(key);
      else written.set(key, value);
    },
    *entries(prefix) {
      for (const entry of memory)
        if (entry[0].startsWith(prefix) && !written.has(entry[0])) yield entry;
      for (const [key, value] of written)
        if (key.startsWith(prefix) && value !== null) yield [key, value];
    },
    changes: () => written,
  };
}
