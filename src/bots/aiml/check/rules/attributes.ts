import { type Element, localName } from "../../xml.ts";
import { constantAttribute, factsOf, hasAttribute } from "../elements.ts";
import { FINE, type Rule } from "../surroundings.ts";

/** An attribute that the element does not have. */
export const unknownAttribute: Rule = ({ name, attributes }, { suggest }) => {
  const facts = factsOf(name);
  if (!facts) return FINE;
  const known = facts.attributes ?? [];
  return attributes
    .map(([attribute]) => localName(attribute))
    .filter((attribute) => !known.includes(attribute) && !OF_XML.has(attribute))
    .map((attribute) => {
      const meant = suggest(attribute, known);
      const wanted = known.length === 0 ? "none" : known.join(", ");
      return {
        code: "unknown-attribute",
        message: `Cannot use ${attribute}="…" on <${name}>: expected ${wanted}`,
        hint: meant ? `Did you mean ${meant}?` : "It is ignored",
      };
    });
};

/** An element that has nothing to work on. */
export const missingAttribute: Rule = (element) => {
  const needs = factsOf(element.name)?.needs;
  if (!needs || needs.some((name) => hasAttribute(element, name))) return FINE;
  return [
    {
      code: "missing-attribute",
      message: `Cannot use <${element.name}>: expected ${needs.join(" or ")}, found none`,
      hint: `For example <${element.name} ${needs[0]}="…">`,
    },
  ];
};

/** An index that is no number: the element then reads as if it had none. */
export const badIndex: Rule = (element) => {
  const index = indexOf(element);
  if (index === undefined) return FINE;
  const { shape, wanted } = element.name === "that" ? PAIR : NUMBER;
  if (shape.test(index)) return FINE;
  const message = `Cannot read the index of <${element.name}>: expected ${wanted}, found "${index}"`;
  return [{ code: "bad-index", message, hint: "Without one it is the first or the last one" }];
};

/** What `xml:` and its like say is for other programs. */
const OF_XML: ReadonlySet<string> = new Set(["space", "lang", "schemalocation", "id"]);

const NUMBER = { shape: /^\s*\d+\s*$/, wanted: "a number from 1" };
const PAIR = { shape: /^\s*\d+\s*(,\s*(\d+|\*)\s*)?$/, wanted: "one number, or two with a comma" };

function indexOf(element: Element): string | undefined {
  const takesIndex = factsOf(element.name)?.attributes?.includes("index");
  return takesIndex ? constantAttribute(element, "index") : undefined;
}
