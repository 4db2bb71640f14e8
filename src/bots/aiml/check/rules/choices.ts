import { type Element, isElement } from "../../xml.ts";
import { constantAttribute, hasAttribute } from "../elements.ts";
import { FINE, type Rule } from "../surroundings.ts";

/** A choice of nothing. */
export const emptyChoice: Rule = (element) => {
  const isEmpty = element.children.every((child) => !isElement(child) && child.trim() === "");
  if (element.name !== "random" || !isEmpty) return FINE;
  const message = "Cannot choose: expected an <li> in <random>, found none";
  return [{ code: "empty-choice", message, hint: "It says nothing" }];
};

/** A condition that no value can ever make true. */
export const deadCondition: Rule = (element) => {
  if (element.name !== "condition") return FINE;
  const found = shapeFault(element);
  if (!found) return FINE;
  return [{ code: "dead-condition", message: `Cannot apply <condition>: ${found}`, hint: SHAPES }];
};

/** An item whose value has nothing that it could be the value of. */
export const deadItem: Rule = (element, { parents }) => {
  const parent = parents.at(-1);
  if (!isItemOf(element, parent) || !hasAttribute(element, "value")) return FINE;
  if (hasSubject(element) || (parent && hasSubject(parent))) return FINE;
  const message =
    "Cannot apply the <li>: expected name or var on it or on its <condition>, found a value alone";
  return [{ code: "dead-condition", message, hint: SHAPES }];
};

/** An item behind one for the same value, or a second one for all other values. */
export const unreachableItem: Rule = (element, { parents }) => {
  const parent = parents.at(-1);
  if (!parent || !isItemOf(element, parent)) return FINE;
  const items = itemsOf(parent);
  const before = items.slice(0, items.indexOf(element));
  const isFallback = !hasAttribute(element, "value");
  const winner = before.find((item) =>
    isFallback ? !hasAttribute(item, "value") : isSame(item, element, parent),
  );
  if (!winner) return FINE;
  const why = isFallback ? "has no value either" : "is for the same value";
  const message = `Cannot reach the <li>: the one in line ${winner.line} comes first and ${why}`;
  return [{ code: "unreachable-item", message, hint: "Move it up, or delete it" }];
};

const SHAPES =
  'One of: <condition name="…" value="…">, <condition name="…"> with <li value="…">, <condition> with <li name="…" value="…">';

function shapeFault(condition: Element): string | undefined {
  const hasValue = hasAttribute(condition, "value");
  if (hasValue && !hasSubject(condition)) return "expected name or var, found a value alone";
  if (!hasValue && itemsOf(condition).length === 0)
    return "expected a value or an <li>, found neither";
  return undefined;
}

function isItemOf(element: Element, parent: Element | undefined): boolean {
  if (element.name !== "li" || parent?.name !== "condition") return false;
  // A condition with a value is no choice: what stands in it is simply said.
  return !hasAttribute(parent, "value");
}

function isSame(one: Element, other: Element, condition: Element): boolean {
  const [first, second] = [testOf(one, condition), testOf(other, condition)];
  return first !== undefined && first === second;
}

/** What an item asks, as one text; undefined where a template has to tell. */
function testOf(item: Element, condition: Element): string | undefined {
  const value = constantAttribute(item, "value");
  const owner = hasSubject(item) ? item : condition;
  const kind = hasAttribute(owner, "var") ? "var" : "name";
  const subject = constantAttribute(owner, kind);
  if (value === undefined || subject === undefined) return undefined;
  return JSON.stringify([kind, subject, value.trim().toUpperCase()]);
}

function hasSubject(element: Element): boolean {
  return hasAttribute(element, "name") || hasAttribute(element, "var");
}

function itemsOf(element: Element): Element[] {
  return element.children.filter(isElement).filter(({ name }) => name === "li");
}
