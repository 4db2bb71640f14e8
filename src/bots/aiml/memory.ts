import { createDraft } from "./draft.ts";
import { LESSON } from "./lessons.ts";
import {
  MAX_HISTORY,
  MAX_MEMORY_LENGTH,
  MAX_PREDICATE_LENGTH,
  MAX_PREDICATES,
  MAX_REMEMBERED_LENGTH,
} from "./limits.ts";
import { firstOf } from "./markup.ts";
import type { Option } from "./options.ts";

/** One exchange, as it was said; the answer with its markup. */
interface Exchange {
  readonly request: string;
  readonly response: string;
}

/** What the bot knows of one person during one message: read from the memory, changes noted. */
export interface Person {
  /** A predicate's value; undefined where it was never set. */
  get(name: string): string | undefined;
  /** The limit that forbids it, where one does. */
  set(name: string, value: string): string | undefined;
  /** The exchange `back` messages ago, 1 the last one. */
  exchange(back: number): Exchange | undefined;
  /** Adds the exchange that ends now. */
  remember(exchange: Exchange): void;
  /** What the last answer gave the person to choose from. */
  options(): readonly Option[];
  /** Replaces what there is to choose from; nothing, where there are no options. */
  offer(options: readonly Option[]): void;
  /** Learned categories as they were written, by key. */
  lessons(): Iterable<readonly [key: string, text: string]>;
  /** Another text whenever the learned categories are others; empty for none. */
  revision(): string;
  /** Writes a learned category; false when the memory is full. */
  learn(key: string, text: string): boolean;
  /** Forgets all learned categories. */
  unlearn(): void;
  /** What is to be written: only what is now different. */
  changes(): ReadonlyMap<string, string | null>;
}

/**
/**
 * Reads a memory of short keys: `p:NAME` predicates with `predicates` counting them, `h:N` exchanges in a ring
 * with `turns` counting them, `l:PATH` learned categories with `lessons` saying which, `o` options, `characters`
 * counting all that is kept but the ring and the options.
 */
export function openPerson(memory: ReadonlyMap<string, string>): Person {
  const { read, write, entries, changes } = createDraft(memory);
  const count = (key: string) => Number(read(key) ?? 0);
  const characters = () =>
    Number(read("characters") ?? lengthOfAll(FACTS.flatMap((kind) => [...entries(kind)])));
  /** Writes a fact; false when the person's share of the memory is full. */
  const keep = (key: string, value: string | null) => {
    const grown = lengthOf(key, value) - lengthOf(key, read(key));
    const length = characters() + grown;
    if (grown > 0 && length > MAX_MEMORY_LENGTH) return false;
    write(key, value);
    write("characters", String(length));
    return true;
  };
  // Earlier versions only counted what was learned, which says as much until something is added.
  const revision = () => read("lessons") ?? read("learned") ?? "";
  return {
    get: (name) => read(`p:${name}`),
    set(name, value) {
      const key = `p:${name}`;
      const isNew = read(key) === undefined;
      if (key.length + value.length > MAX_PREDICATE_LENGTH) return "predicates";
      if (isNew && count("predicates") >= MAX_PREDICATES) return "predicates";
      if (!keep(key, value)) return "memory";
      if (isNew) write("predicates", String(count("predicates") + 1));
      return undefined;
    },
    exchange(back) {
      const turn = count("turns") - back;
      return turn < 0 || back < 1 || back > MAX_HISTORY
        ? undefined
        : toExchange(read(ringKey(turn)));
    },
    remember({ request, response }) {
      const turn = count("turns");
      write(ringKey(turn), JSON.stringify([request, firstOf(response, MAX_REMEMBERED_LENGTH)]));
      write("turns", String(turn + 1));
    },
    options: () => toOptions(read(OPTIONS)),
    offer: (options) => write(OPTIONS, options.length > 0 ? toText(options) : null),
    lessons: () => entries(LESSON),
    revision,
    learn(key, text) {
      if (read(key) === text) return true;
      if (!keep(key, text)) return false;
      write("lessons", fingerprint(revision() + key + text));
      return true;
    },
    unlearn() {
      for (const [key] of entries(LESSON)) keep(key, null);
      write("lessons", null);
      write("learned", null);
    },
    changes,
  };
}

const OPTIONS = "o";

function toText(options: readonly Option[]): string {
  return JSON.stringify(options.map(({ label, postback }) => [label, postback]));
}

/** Only what `toText` made is ever read here. */
function toOptions(text: string | undefined): readonly Option[] {
  if (text === undefined) return [];
  const pairs: readonly [string, string][] = JSON.parse(text);
  return pairs.map(([label, postback]) => ({ label, postback }));
}

/** What the keys of facts begin with: predicates, lessons, triples. */
const FACTS = ["p:", LESSON, "t:"];

function lengthOfAll(facts: readonly (readonly [string, string])[]): number {
  return facts.reduce((length, [key, value]) => length + lengthOf(key, value), 0);
}

function lengthOf(key: string, value: string | null | undefined): number {
  return value === null || value === undefined ? 0 : key.length + value.length;
}

/** A short text for a longer one; another text has, as good as surely, another. */
function fingerprint(text: string): string {
  let [one, two] = [0x811c9dc5, 0x9747b28c];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    two = Math.imul(two ^ code, 0x5bd1e995);
  }
  return `${(one >>> 0).toString(36)}.${(two >>> 0).toString(36)}`;
}

function ringKey(turn: number): string {
  return `h:${turn % MAX_HISTORY}`;
}

function toExchange(text: string | undefined): Exchange | undefined {
  if (text === undefined) return undefined;
  const [request, response]: unknown[] = JSON.parse(text);
  return typeof request === "string" && typeof response === "string"
    ? { request, response }
    : undefined;
}
