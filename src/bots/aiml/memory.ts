import { MAX_HISTORY, MAX_PREDICATE_LENGTH, MAX_PREDICATES } from "./limits.ts";
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
  /** False when the person's share of the memory is full. */
  set(name: string, value: string): boolean;
  /** The exchange `back` messages ago, 1 the last one. */
  exchange(back: number): Exchange | undefined;
  /** Adds the exchange that ends now. */
  remember(exchange: Exchange): void;
  /** What the last answer gave the person to choose from. */
  options(): readonly Option[];
  /** Replaces what there is to choose from; nothing, where there are no options. */
  offer(options: readonly Option[]): void;
  /** Learned categories as they were written, by number. */
  learned(): readonly string[];
  /** Writes learned category `index`; the next free number adds one. */
  learn(index: number, text: string): void;
  /** What is to be written: only what is now different. */
  changes(): ReadonlyMap<string, string | null>;
}

/**
 * Reads a memory of short keys: `p:NAME` predicates, `h:N` exchanges in a ring with `turns` counting them,
 * `l:N` learned categories with `learned` counting them, `predicates` counting predicates, `o` options.
 */
export function openPerson(memory: ReadonlyMap<string, string>): Person {
  const written = new Map<string, string | null>();
  const read = (key: string) => written.get(key) ?? memory.get(key);
  const count = (key: string) => Number(read(key) ?? 0);
  const write = (key: string, value: string) => {
    if (memory.get(key) === value) written.delete(key);
    else written.set(key, value);
  };
  return {
    get: (name) => read(`p:${name}`),
    set(name, value) {
      const key = `p:${name}`;
      const isNew = read(key) === undefined;
      if (key.length + value.length > MAX_PREDICATE_LENGTH) return false;
      if (isNew && count("predicates") >= MAX_PREDICATES) return false;
      if (isNew) write("predicates", String(count("predicates") + 1));
      write(key, value);
      return true;
    },
    exchange(back) {
      const turn = count("turns") - back;
      return turn < 0 || back < 1 || back > MAX_HISTORY
        ? undefined
        : toExchange(read(ringKey(turn)));
    },
    remember({ request, response }) {
      const turn = count("turns");
      write(ringKey(turn), JSON.stringify([request, response]));
      write("turns", String(turn + 1));
    },
    options: () => toOptions(read(OPTIONS)),
    offer(options) {
      if (options.length > 0) write(OPTIONS, toText(options));
      else if (memory.has(OPTIONS)) written.set(OPTIONS, null);
    },
    learned: () => Array.from({ length: count("learned") }, (_, index) => read(`l:${index}`) ?? ""),
    learn(index, text) {
      write(`l:${index}`, text);
      if (index >= count("learned")) write("learned", String(index + 1));
    },
    changes: () => written,
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
