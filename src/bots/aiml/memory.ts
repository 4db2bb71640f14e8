import { isStrings, parseJson } from "./json.ts";
import {
  EXCHANGE,
  fingerprint,
  LESSON,
  type Ledger,
  openLedger,
  PREDICATE,
  TRIPLE,
} from "./ledger.ts";
import {
  MAX_HISTORY,
  MAX_INPUT_LENGTH,
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
  /** Triples as they were written, by number, in the order they were added. */
  triples(): ReadonlyMap<number, string>;
  /** Stands for all triples together: the same mark, the same triples. */
  triplesMark(): string;
  /** Writes a triple under the next free number; undefined when the memory is full. */
  addTriple(text: string): number | undefined;
  /** Takes a triple away; its number is not used again. */
  removeTriple(number: number): void;
  /** What is to be written: only what is now different. */
  changes(): ReadonlyMap<string, string | null>;
}

/**
 * Reads a memory of short keys: `p:NAME` predicates with `predicates` counting them, `h:N` exchanges in a ring
 * with `turns` counting them, `l:PATH` learned categories with `lessons` saying which, `t:N` triples with
 * `triples` holding the next number and saying which, `o` options.
 */
export function openPerson(memory: ReadonlyMap<string, string>): Person {
  const ledger = openLedger(memory);
  return {
    ...predicatesIn(ledger),
    ...historyIn(ledger),
    ...lessonsIn(ledger),
    ...triplesIn(ledger),
    changes: ledger.changes,
  };
}

function predicatesIn({ read, write, keep, count }: Ledger): Pick<Person, "get" | "set"> {
  return {
    get: (name) => read(PREDICATE + name),
    set(name, value) {
      const key = PREDICATE + name;
      if (key.length + value.length > MAX_PREDICATE_LENGTH) return "predicates";
      const number = read(key) === undefined ? count("predicates") + 1 : undefined;
      if (number !== undefined && number > MAX_PREDICATES) return "predicates";
      if (!keep(key, value)) return "memory";
      if (number !== undefined) write("predicates", String(number));
      return undefined;
    },
  };
}

type History = Pick<Person, "exchange" | "remember" | "options" | "offer">;

function historyIn({ read, write, count }: Ledger): History {
  return {
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
  };
}

function ringKey(turn: number): string {
  return `${EXCHANGE}${turn % MAX_HISTORY}`;
}

function toExchange(text: string | undefined): Exchange | undefined {
  if (text === undefined) return undefined;
  const exchange = parseJson(text);
  if (!isStrings(exchange, 2)) return undefined;
  const [request = "", response = ""] = exchange;
  return {
    request: request.slice(0, MAX_INPUT_LENGTH),
    response: firstOf(response, MAX_REMEMBERED_LENGTH),
  };
}

const OPTIONS = "o";

function toText(options: readonly Option[]): string {
  return JSON.stringify(options.map(({ label, postback }) => [label, postback]));
}

function toOptions(text: string | undefined): readonly Option[] {
  const pairs = text === undefined ? undefined : parseJson(text);
  if (!Array.isArray(pairs)) return [];
  const whole = pairs.filter((pair) => isStrings(pair, 2));
  return whole.map(([label = "", postback = ""]) => ({ label, postback }));
}

type Lessons = Pick<Person, "lessons" | "revision" | "learn" | "unlearn">;

function lessonsIn({ read, write, keep, entries }: Ledger): Lessons {
  // Earlier versions only counted what was learned, which says as much until something is added.
  const revision = () => read("lessons") ?? read("learned") ?? "";
  return {
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
  };
}

type Triples = Pick<Person, "triples" | "triplesMark" | "addTriple" | "removeTriple">;

function triplesIn({ read, write, keep, entries }: Ledger): Triples {
  const mark = () => read("triples") ?? "0";
  const next = () => {
    const number = Number.parseInt(mark(), 10);
    if (Number.isSafeInteger(number) && number >= 0 && read(TRIPLE + number) === undefined)
      return number;
    // The mark is damaged.
    return 1 + ([...numbered(entries(TRIPLE)).keys()].at(-1) ?? -1);
  };
  const note = (number: number, change: string) =>
    write("triples", `${number} ${fingerprint(mark() + change)}`);
  return {
    triples: () => numbered(entries(TRIPLE)),
    triplesMark: mark,
    addTriple(text) {
      const number = next();
      if (!keep(TRIPLE + number, text)) return undefined;
      note(number + 1, text);
      return number;
    },
    removeTriple(number) {
      if (read(TRIPLE + number) === undefined) return;
      keep(TRIPLE + number, null);
      note(next(), `-${number}`);
    },
  };
}

function numbered(
  triples: Iterable<readonly [key: string, text: string]>,
): ReadonlyMap<number, string> {
  const found = Array.from(
    triples,
    ([key, text]) => [Number(key.slice(TRIPLE.length)), text] as const,
  );
  const whole = found.filter(([number]) => Number.isSafeInteger(number));
  return new Map(whole.sort(([one], [other]) => one - other));
}
