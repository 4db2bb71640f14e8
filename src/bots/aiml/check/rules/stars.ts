import type { Element } from "../../xml.ts";
import { constantAttribute } from "../elements.ts";
import { FINE, type Rule, type Stars } from "../surroundings.ts";

/** A star of a wildcard that the category does not have: it reads as an unset predicate. */
export const missingStar: Rule = (element, { stars }) => {
  const wanted = starWanted(element);
  if (!wanted) return FINE;
  const { kind, index } = wanted;
  const count = stars[kind];
  if (index <= count) return FINE;
  const shown = index > 1 ? `<${element.name} index="${index}"/>` : `<${element.name}/>`;
  const needed = index > 1 ? `${index} wildcards or sets` : "a wildcard or set";
  const found = count === 0 ? "none" : String(count);
  const message = `Cannot fill ${shown}: expected ${needed} in ${PARTS[kind]}, found ${found}`;
  return [{ code: "missing-star", message, hint: "It reads as a predicate that was never set" }];
};

const PARTS: Readonly<Record<keyof Stars, string>> = {
  star: "the pattern",
  thatstar: "a <that>",
  topicstar: "a <topic>",
};

/** Elements that work on the first star when they are empty. */
const ON_FIRST_STAR: ReadonlySet<string> = new Set([
  "denormalize",
  "gender",
  "normalize",
  "person",
  "person2",
  "sr",
]);

function starWanted(element: Element): { kind: keyof Stars; index: number } | undefined {
  const { name, children } = element;
  if (ON_FIRST_STAR.has(name) && (name === "sr" || children.length === 0))
    return { kind: "star", index: 1 };
  if (name !== "star" && name !== "thatstar" && name !== "topicstar") return undefined;
  if (children.length > 0) return undefined;
  return {
    kind: name,
    index: Number.parseInt(constantAttribute(element, "index") ?? "1", 10) || 1,
  };
}
