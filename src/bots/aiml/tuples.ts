import { foldCase } from "./fold.ts";
import { MAX_OUTPUT_LENGTH, MAX_TRIPLE_STEPS } from "./limits.ts";
import { isSamePart, type Triple, type Triples } from "./triples.ts";

/** A part of a clause: a text that a triple must have there, or a variable for what it has. */
export type Term =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "variable"; readonly name: string };

/** What triples are asked for. */
export interface Clause {
  /** False: what no triple may fit. */
  readonly isWanted: boolean;
  /** Subject, predicate, object; undefined is any. */
  readonly terms: readonly (Term | undefined)[];
}

/** A question of several clauses. */
export interface Query {
  readonly triples: Triples;
  readonly clauses: readonly Clause[];
  /** The variables that make tuples different; undefined: every one. */
  readonly visible: readonly string[] | undefined;
}

/** The names of the tuples that fit all clauses; undefined where there is too much to look at. */
export function selectTuples(query: Query): readonly string[] | undefined {
  const search: Search = { ...query, steps: 0, length: 0, found: new Map() };
  if (query.clauses.length > 0) join(search, 0, NO_BINDINGS);
  return isTooMuch(search) ? undefined : [...search.found.values()];
}

/** The triples that fit one clause. */
export function fittingTriples(triples: Triples, clause: Clause): [number, Triple][] {
  const search = { triples, steps: 0, length: 0 };
  return Array.from(fitting(search, clause, NO_BINDINGS), ({ number, triple }) => [number, triple]);
}

/** What a variable has in the tuple of that name. */
export function valueInTuple(triples: Triples, name: string, variable: string): string | undefined {
  const place = toBindings(name).get(variable);
  return place && valueAt(triples, place);
}

/** Where a variable's value stands. */
interface Place {
  readonly number: number;
  readonly part: number;
}

type Bindings = ReadonlyMap<string, Place>;

const NO_BINDINGS: Bindings = new Map();

interface Search extends Query {
  steps: number;
  /** Characters of all names. */
  length: number;
  /** Names of tuples by what is visible of them. */
  readonly found: Map<string, string>;
}

interface Fit {
  readonly number: number;
  readonly triple: Triple;
  readonly bindings: Bindings;
}

/** Clauses are taken in their order, each with what the ones before it found. */
function join(search: Search, at: number, bindings: Bindings): void {
  const clause = search.clauses[at];
  const fits = clause && fitting(search, clause, bindings);
  if (!fits) keep(search, bindings);
  else if (clause.isWanted) for (const fit of fits) join(search, at + 1, fit.bindings);
  else if (fits.next().done) join(search, at + 1, bindings);
}

function* fitting(
  search: Pick<Search, "triples" | "steps" | "length">,
  { terms }: Clause,
  bindings: Bindings,
): Generator<Fit, void> {
  const { triples } = search;
  const pattern = terms.map((term) => term && wantedBy(triples, term, bindings));
  for (const [number, triple] of triples.near(pattern)) {
    search.steps++;
    if (isTooMuch(search)) return;
    const bound = bind({ number, triple, bindings }, terms, triples);
    if (bound) yield { number, triple, bindings: bound };
  }
}

function isTooMuch({ steps, length }: Pick<Search, "steps" | "length">): boolean {
  return steps > MAX_TRIPLE_STEPS || length > MAX_OUTPUT_LENGTH;
}

/** The bindings with those that the triple adds; undefined where it does not fit. */
function bind(fit: Fit, terms: Clause["terms"], triples: Triples): Bindings | undefined {
  let { bindings } = fit;
  for (const [part, term] of terms.entries()) {
    if (!term) continue;
    const known = wantedBy(triples, term, bindings);
    if (known === undefined && term.kind === "variable")
      bindings = new Map(bindings).set(term.name, { number: fit.number, part });
    else if (!isSamePart(known ?? "", fit.triple[part] ?? "")) return undefined;
  }
  return bindings;
}

function wantedBy(triples: Triples, term: Term, bindings: Bindings): string | undefined {
  if (term.kind === "text") return term.text;
  const place = bindings.get(term.name);
  return place && valueAt(triples, place);
}

function valueAt(triples: Triples, { number, part }: Place): string | undefined {
  return triples.at(number)?.[part];
}

function keep(search: Search, bindings: Bindings): void {
  const { triples, visible, found } = search;
  const values = (visible ?? [...bindings.keys()]).map((name) => {
    const place = bindings.get(name);
    return place && foldCase(valueAt(triples, place) ?? "");
  });
  const key = JSON.stringify(values);
  search.steps += values.length;
  if (found.has(key)) return;
  const name = toName(bindings);
  search.length += name.length + 1;
  found.set(key, name);
}

/**
 * A tuple's name says where its values stand, in letters and digits alone: it can be kept in a predicate
 * and go through srai, and nothing else need be remembered of the tuple.
 */
function toName(bindings: Bindings): string {
  const places = Array.from(bindings, ([name, { number, part }]) => `${number}.${part}${name}`);
  return `tuple${new TextEncoder().encode(places.join("\n")).toHex()}`;
}

function toBindings(name: string): Bindings {
  const [, hex = ""] = /^tuple((?:[0-9a-f]{2})*)$/i.exec(name) ?? [];
  const places = new TextDecoder().decode(Uint8Array.fromHex(hex)).matchAll(PLACE);
  return new Map(
    Array.from(places, ([, number, part, variable = ""]) => [
      variable,
      { number: Number(number), part: Number(part) },
    ]),
  );
}

const PLACE = /^(\d+)\.([012])(.*)$/gm;
