import type { Element } from "../xml.ts";
import { CATEGORY_PARTS } from "./elements.ts";
import type { Fault } from "./finding.ts";
import type { Suggest } from "./surroundings.ts";

/** A file that is XML of another kind. */
export function notAiml({ name }: Element): Fault {
  return {
    code: "not-aiml",
    message: `Cannot read the file: expected <aiml>, found <${name}>`,
    hint: "All of it is left out",
  };
}

/** Something where only categories are read. */
export function notACategory(element: Element, parent: Element, suggest: Suggest): Fault {
  const known = parent.name === "aiml" ? ["category", "topic"] : ["category"];
  const wanted = known.map((name) => `<${name}>`).join(" or ");
  const meant = suggest(element.name, known);
  return {
    code: "left-out",
    message: `Cannot read <${element.name}>: expected ${wanted} in <${parent.name}>`,
    hint: meant ? `Did you mean <${meant}>?` : "All of it is left out",
  };
}

/** Something in a category that is no part of one. */
export function notAPart({ name }: Element, suggest: Suggest): Fault {
  const meant = suggest(name, CATEGORY_PARTS);
  return {
    code: "misplaced-element",
    message: `Cannot use <${name}> here: expected <pattern>, <that>, <topic> or <template> in <category>`,
    hint: meant ? `Did you mean <${meant}>?` : "It is left out; answers go into <template>",
  };
}

/** A part that was there before: the first one counts. */
export function repeatedPart({ name }: Element, first: Element): Fault {
  return {
    code: "repeated-part",
    message: `Cannot use a second <${name}>: expected one in a category, found the first in line ${first.line}`,
    hint: "It is left out; is a </category> missing between the two?",
  };
}

/** A category without something it cannot be without. */
export function missingPart(part: string): Fault {
  return {
    code: "missing-part",
    message: `Cannot read the category: expected a <${part}>, found none`,
    hint: "All of it is left out",
  };
}

/** A pattern without a word. */
export const EMPTY_PATTERN: Fault = {
  code: "empty-pattern",
  message: "Cannot read the category: expected words in <pattern>, found none",
  hint: "For any text: <pattern>*</pattern>",
};

/** A topic around categories that does not say which. */
export const UNNAMED_TOPIC: Fault = {
  code: "missing-attribute",
  message: "Cannot read <topic>: expected name, found none",
  hint: 'It is taken for <topic name="*">',
};

/** AIML 1.0 loaded a file so. */
export function learnedText(text: string): Fault {
  return {
    code: "left-out",
    message: `Cannot learn "${cut(text)}": expected <category> in <learn>`,
    hint: "Files are never loaded by a template: every file of the folder is read at the start",
  };
}

/** Text between elements, where nobody reads it. */
export function strayText({ name }: Element, text: string): Fault {
  return {
    code: "stray-content",
    message: `Cannot use text in <${name}>: expected elements alone, found "${cut(text)}"`,
    hint: "It is left out",
  };
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
