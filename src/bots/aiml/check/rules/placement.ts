import { type Element, isElement } from "../../xml.ts";
import { CATEGORY_PARTS, elementNames, factsOf, hasAttribute, isMarkup } from "../elements.ts";
import type { Fault } from "../finding.ts";
import { type Around, FINE, type Rule } from "../surroundings.ts";

/** An element that AIML does not have: it stays in the answer, and a phone shows its text alone. */
export const unknownElement: Rule = ({ name, children }, { parents, suggest }) => {
  if (factsOf(name) || isMarkup(name) || NOT_FOR_TEMPLATES.has(name)) return FINE;
  if (isForMachines(parents)) return FINE;
  // Whatever it is, it is told of by where it stands.
  if (isStray(parents)) return FINE;
  const meant = suggest(name, elementNames());
  const newer = newerForm(name);
  if (newer && !meant)
    return [
      {
        code: "old-element",
        message: `Cannot use <${name}>: AIML has had no such element since 1.0`,
        hint: `Write ${newer}`,
      },
    ];
  const stays = children.length === 0 ? "Nothing of it" : "Only the text inside";
  const hint = meant ? `Did you mean <${meant}>?` : `${stays} reaches a phone`;
  return [
    { code: "unknown-element", message: `Cannot use <${name}>: AIML has no such element`, hint },
  ];
};

/** An element where it does not work, or not as it does in its own place. */
export const misplacedElement: Rule = (element, around) => {
  const { name } = element;
  if (isForMachines(around.parents)) return FINE;
  if (name === "category" || (CATEGORY_PARTS.includes(name) && name !== "that"))
    return [misplacedPart(element)];
  const facts = factsOf(name);
  const wanted = facts?.parents ?? facts?.within;
  if (!wanted || isInPlace(element, around)) return FINE;
  const places = wanted.map((each) => `<${each}>`).join(", ");
  return [
    {
      code: facts?.isShownAnywhere ? "loose-element" : "misplaced-element",
      message: `Cannot use <${name}> here: expected it in ${places}; found it in ${nameOf(around)}`,
      hint: facts?.isShownAnywhere ? "Here only its content is said" : "Here it does nothing",
    },
  ];
};

/** Beside the items of a choice nothing is ever said. */
export const strayElement: Rule = (element, { parents }) => {
  if (element.name === "li" || !isStray(parents)) return FINE;
  const message = `Cannot use <${element.name}> here: expected <li> in <${parents.at(-1)?.name}>`;
  return [{ code: "stray-content", message, hint: "Put it into an <li>; here it is dropped" }];
};

/** Text beside the items of a choice. */
export const strayText: Rule = (element) => {
  if (!isChoice(element)) return FINE;
  const text = element.children
    .filter((child) => !isElement(child))
    .join(" ")
    .trim();
  if (text === "") return FINE;
  const message = `Cannot use text in <${element.name}>: expected <li> alone, found "${text.slice(0, 40)}"`;
  return [{ code: "stray-content", message, hint: "Put it into an <li>; here it is dropped" }];
};

const NOT_FOR_TEMPLATES: ReadonlySet<string> = new Set([...CATEGORY_PARTS, "category"]);

/** What AIML 0.9 wrote in a name, 1.0 and later write in an attribute. */
function newerForm(name: string): string | undefined {
  const [, verb, what] = /^(get|set|bot)_?(\w+)$/.exec(name) ?? [];
  if (name === "name") return '<bot name="name"/>';
  return verb && `<${verb} name="${what}"/>`;
}

function misplacedPart({ name }: Element): Fault {
  const place = name === "category" ? "<aiml>, <topic> or <learn>" : "<category>";
  const message = `Cannot use <${name}> in a template: expected it in ${place}`;
  // What a template within a template says is still said.
  if (name === "template")
    return { code: "loose-element", message, hint: "Here only its content is said" };
  return { code: "misplaced-element", message, hint: "Is an end tag missing before it?" };
}

function isInPlace({ name }: Element, { parents }: Around): boolean {
  const facts = factsOf(name);
  const parent = parents.at(-1)?.name ?? "";
  if (facts?.parents) return facts.parents.includes(parent);
  return parents.some((each) => facts?.within?.includes(each.name));
}

function nameOf({ parents }: Around): string {
  return `<${parents.at(-1)?.name ?? "template"}>`;
}

/** In an `<oob>` stands what another program has words for. */
function isForMachines(parents: readonly Element[]): boolean {
  return parents.some(({ name }) => name === "oob");
}

/** Whether this is a place beside the items of a choice. */
function isStray(parents: readonly Element[]): boolean {
  const parent = parents.at(-1);
  return parent !== undefined && isChoice(parent);
}

/** Whether of an element's content only the items count. */
function isChoice(element: Element): boolean {
  if (element.name === "random") return true;
  if (element.name !== "condition" || hasAttribute(element, "value")) return false;
  return element.children.some((child) => isElement(child) && child.name === "li");
}
