import { attributeOf, type Element, isElement, type Node } from "./xml.ts";

/** A category as it stands in its file: plain data, its template not yet compiled. */
export interface Category {
  readonly pattern: readonly Node[];
  /** Empty: any. */
  readonly that: readonly Node[];
  /** Empty: any. */
  readonly topic: readonly Node[];
  readonly template: readonly Node[];
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Something in a file that was left out, and why. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly problem: string;
}

/** Takes the categories out of a file's root element. */
export function readCategories(root: Element, file: string): (Category | Problem)[] {
  if (root.name !== "aiml") {
    const found = root.name === "" ? "nothing" : `<${root.name}>`;
    return [toProblem(root, file, `Cannot read the file: expected <aiml>, found ${found}`)];
  }
  return elementsIn(root).flatMap((element) => {
    if (element.name !== "topic") return [toCategory(element, file, [])];
    const topic = attributeOf(element, "name") ?? "*";
    return elementsIn(element).map((child) => toCategory(child, file, [topic]));
  });
}

/** One `<category>`; `topic` is the one around it. */
export function toCategory(
  element: Element,
  file: string,
  topic: readonly Node[],
): Category | Problem {
  if (element.name !== "category") return unexpected(element, file);
  const parts = elementsIn(element);
  const part = (name: string) => parts.find((child) => child.name === name);
  const pattern = part("pattern") ?? part("intent");
  const template = part("template");
  if (!pattern || isBlank(pattern)) return missing(element, file, "pattern");
  if (!template) return missing(element, file, "template");
  return {
    pattern: pattern.children,
    that: part("that")?.children ?? [],
    topic: part("topic")?.children ?? topic,
    template: template.children,
    file,
    line: element.line,
    column: element.column,
  };
}

/** Tells what was read from what could not be. */
export function isProblem(read: Category | Problem): read is Problem {
  return "problem" in read;
}

function elementsIn(element: Element): Element[] {
  return element.children.filter(isElement);
}

function isBlank(pattern: Element): boolean {
  return pattern.children.every((node) => !isElement(node) && node.trim() === "");
}

function unexpected(element: Element, file: string): Problem {
  return toProblem(element, file, `Cannot read <${element.name}>: expected <category> here`);
}

function missing(category: Element, file: string, part: string): Problem {
  return toProblem(category, file, `Cannot read the category: expected a <${part}>, found none`);
}

function toProblem({ line, column }: Element, file: string, problem: string): Problem {
  return { file, line, column, problem };
}
