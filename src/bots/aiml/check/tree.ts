import { attributeOf, type Element, isElement } from "../xml.ts";
import * as faults from "./category-faults.ts";
import { CATEGORY_PARTS, isAttributeOf } from "./elements.ts";
import { type Finding, toFinding } from "./finding.ts";
import { isEmptyPattern, patternFaults, starsOf } from "./patterns.ts";
import { rules } from "./rules.ts";
import type { Around, Report, Suggest } from "./surroundings.ts";

/** Tells all that is wrong inside one file's root element, taken by itself. */
export function checkTree(root: Element, file: string, suggest: Suggest): Finding[] {
  const findings: Finding[] = [];
  const report: Report = ({ line, column }, fault) => {
    findings.push(toFinding({ file, line, column }, fault));
  };
  if (root.name !== "aiml") report(root, faults.notAiml(root));
  else checkCategories(root, { report, suggest });
  return findings;
}

interface Inspection {
  readonly report: Report;
  readonly suggest: Suggest;
}

/** What stands in `<aiml>`, or in a `<topic>` around categories. */
function checkCategories(parent: Element, inspection: Inspection): void {
  const { report, suggest } = inspection;
  checkText(parent, report);
  for (const child of elementsIn(parent)) {
    if (child.name === "category") checkCategory(child, inspection, { wrapper: parent });
    else if (child.name === "topic" && parent.name === "aiml") checkTopic(child, inspection);
    else report(child, faults.notACategory(child, parent, suggest));
  }
}

function checkTopic(topic: Element, inspection: Inspection): void {
  const name = attributeOf(topic, "name");
  if (name === undefined) inspection.report(topic, faults.UNNAMED_TOPIC);
  else for (const { fault } of patternFaults([name])) inspection.report(topic, fault);
  checkCategories(topic, inspection);
}

interface Frame {
  /** What is right around the category. */
  readonly wrapper: Element;
  /** Where the `<learn>` around it stands; a file's own category has none. */
  readonly outer?: Around;
}

function checkCategory(category: Element, inspection: Inspection, frame: Frame): void {
  checkText(category, inspection.report);
  checkParts(category, inspection);
  for (const part of elementsIn(category)) {
    if (PATTERNS.includes(part.name)) checkPattern(part, inspection, frame);
    if (part.name === "template") checkTemplate(part, inspection, { category, ...frame });
  }
}

const PATTERNS = CATEGORY_PARTS.filter((name) => name !== "template");

function checkParts(category: Element, { report, suggest }: Inspection): void {
  const found = new Map<string, Element>();
  for (const part of elementsIn(category)) {
    const name = part.name === "intent" ? "pattern" : part.name;
    const first = found.get(name);
    if (!CATEGORY_PARTS.includes(name)) report(part, faults.notAPart(part, suggest));
    else if (first) report(part, faults.repeatedPart(part, first));
    else found.set(name, part);
  }
  const pattern = found.get("pattern");
  if (!pattern) report(category, faults.missingPart("pattern"));
  else if (isEmptyPattern(pattern)) report(category, faults.EMPTY_PATTERN);
  if (!found.has("template")) report(category, faults.missingPart("template"));
}

function checkPattern(part: Element, inspection: Inspection, { outer }: Frame): void {
  for (const { element = part, fault } of patternFaults(part.children, outer !== undefined))
    inspection.report(element, fault);
  if (outer)
    for (const child of elementsIn(part))
      if (child.name === "eval") checkChildren(child, inspection, outer);
}

function checkTemplate(
  template: Element,
  inspection: Inspection,
  { category, wrapper, outer }: Frame & { readonly category: Element },
): void {
  checkChildren(template, inspection, {
    parents: outer ? [wrapper] : [],
    stars: starsOf(category, wrapper),
    suggest: inspection.suggest,
    outer,
  });
}

function checkChildren(parent: Element, inspection: Inspection, around: Around): void {
  for (const child of elementsIn(parent)) {
    const inner = { ...around, parents: [...around.parents, child] };
    if (isAttributeOf(child, parent)) checkChildren(child, inspection, inner);
    else checkElement(child, inspection, around);
  }
}

function checkElement(element: Element, inspection: Inspection, around: Around): void {
  for (const rule of rules)
    for (const fault of rule(element, around)) inspection.report(element, fault);
  if (DROPPED.has(element.name)) return;
  if (LEARNING.has(element.name)) checkLearned(element, inspection, around);
  else {
    const isOuters = element.name === "eval" && around.outer;
    const place = isOuters || around;
    checkChildren(element, inspection, { ...place, parents: [...place.parents, element] });
  }
}

/** Nothing looks at what stands in them. */
const DROPPED: ReadonlySet<string> = new Set(["system", "javascript"]);

const LEARNING: ReadonlySet<string> = new Set(["learn", "learnf"]);

function checkLearned(learn: Element, inspection: Inspection, outer: Around): void {
  const { report, suggest } = inspection;
  const text = textIn(learn);
  if (text !== "") report(learn, faults.learnedText(text));
  for (const child of elementsIn(learn)) {
    if (child.name === "category") checkCategory(child, inspection, { wrapper: learn, outer });
    else report(child, faults.notACategory(child, learn, suggest));
  }
}

/** Text has no place of its own: the element before it has the nearest one. */
function checkText(parent: Element, report: Report): void {
  let before = parent;
  for (const node of parent.children) {
    if (isElement(node)) before = node;
    else if (node.trim() !== "") report(before, faults.strayText(parent, node.trim()));
  }
}

function textIn(parent: Element): string {
  const pieces = parent.children.filter((child) => !isElement(child));
  return pieces.join(" ").trim();
}

function elementsIn(parent: Element): Element[] {
  return parent.children.filter(isElement);
}
