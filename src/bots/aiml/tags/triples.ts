import { MAX_CLAUSES } from "../limits.ts";
import { collapse } from "../markup.ts";
import { type Compiler, type Frame, type Piece, permitted, type Tag } from "../piece.ts";
import { type Clause, fittingTriples, selectTuples, type Term, valueInTuple } from "../tuples.ts";
import { type Element, isElement } from "../xml.ts";

/** `<addtriple>`: remembers its subject, predicate and object; nothing where one is missing or a variable. */
export const addTriple: Tag = (element, compiler) => {
  const clause = clauseOf(element, compiler);
  return (frame) => {
    const [subject, predicate, object] = clause(frame).terms.map(textOf);
    if (!subject || !predicate || !object) return "";
    if (!frame.turn.triples().add([subject, predicate, object])) frame.turn.stop("triples");
    return "";
  };
};

/** `<deletetriple>`: forgets all that fit; a part that is missing or a variable is any, but not all three. */
export const deleteTriple: Tag = (element, compiler) => {
  const clause = clauseOf(element, compiler);
  return (frame) => {
    const asked = clause(frame);
    if (!asked.terms.some(textOf)) return "";
    const triples = frame.turn.triples();
    for (const [number] of fittingTriples(triples, asked)) triples.remove(number);
    return "";
  };
};

/** `<uniq>`: what the first triple that fits has in place of the variable. */
export const uniq: Tag = (element, compiler) => {
  const clause = clauseOf(element, compiler);
  return (frame) => {
    const asked = clause(frame);
    const isVariable = (part: number) => asked.terms[part]?.kind === "variable";
    const isMissing = (part: number) => asked.terms[part] === undefined;
    const wanted = LAST_FIRST.find(isVariable) ?? LAST_FIRST.find(isMissing);
    const [[, triple] = []] = fittingTriples(frame.turn.triples(), asked);
    return (wanted !== undefined && triple?.[wanted]) || NIL;
  };
};

/** `<select>`: the names of the tuples that fit all its clauses, for `<first>`, `<rest>` and `<get>`. */
export const select: Tag = (element, compiler) => {
  const vars = compiler.attribute(element, "vars");
  const clauses = element.children
    .filter(isElement)
    .filter(({ name }) => name === "q" || name === "notq")
    .map((child) => clauseOf(child, compiler));
  return (frame) => {
    if (clauses.length > MAX_CLAUSES) frame.turn.stop("triples");
    if (frame.turn.isStopped()) return "";
    const names = selectTuples({
      triples: frame.turn.triples(),
      clauses: clauses.map((clause) => clause(frame)),
      visible: vars && toVariables(vars(frame)),
    });
    if (!names) frame.turn.stop("triples");
    return permitted(frame, names?.join(" ") || NIL);
  };
};

/** `<get var="?x"><tuple>…`: what a variable has in a tuple that `<select>` named. */
export function tupleReader(variable: Piece, tuple: Piece): (frame: Frame) => string | undefined {
  return (frame) => {
    const [name = ""] = collapse(tuple(frame)).split(" ");
    const [wanted = ""] = toVariables(variable(frame));
    return valueInTuple(frame.turn.triples(), name, wanted);
  };
}

/** Loops over lists end at this word. */
const NIL = "NIL";

/** Where several parts are variables, `<uniq>` says the last. */
const LAST_FIRST = [2, 1, 0];

function clauseOf(element: Element, compiler: Compiler): (frame: Frame) => Clause {
  const parts = ["subj", "pred", "obj"].map((name) => compiler.attribute(element, name));
  const isWanted = element.name !== "notq";
  return (frame) => ({ isWanted, terms: parts.map((part) => part && toTerm(part(frame))) });
}

function toTerm(said: string): Term {
  const text = collapse(said);
  if (!text.startsWith("?")) return { kind: "text", text };
  return { kind: "variable", name: text.slice(1) };
}

function textOf(term: Term | undefined): string {
  return term?.kind === "text" ? term.text : "";
}

function toVariables(names: string): string[] {
  return collapse(names)
    .split(" ")
    .map((name) => name.replace(/^\?/, ""));
}
