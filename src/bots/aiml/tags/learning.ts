import { isProblem, toCategory } from "../categories.ts";
import type { Audience, Compiler, Frame, Tag } from "../piece.ts";
import { isElement, type Node } from "../xml.ts";

/** `<learn>`: adds its categories to the person's own; only what stands in `<eval>` is evaluated now. */
export const learn: Tag = teach("person");

/** `<learnf>`: adds its categories for everybody. */
export const learnForAll: Tag = teach("everybody");

/** `<resetlearn/>` and `<resetlearnf/>`: forget what was learned, and the bot's own categories are back. */
export function unlearn(audience: Audience): Tag {
  return () => (frame) => {
    frame.turn.unlearn(audience);
    return "";
  };
}

/** `<eval>` outside of `<learn>`: its content. */
export const evaluated: Tag = (element, compiler) => compiler.content(element);

function teach(audience: Audience): Tag {
  return (element, compiler) => {
    const categories = element.children.filter(isElement);
    const filled = categories.map((category) => fill(category, compiler));
    return (frame) => {
      for (const category of filled) {
        const made = category(frame);
        const read = isElement(made) ? toCategory(made, "learned", []) : undefined;
        if (read && !isProblem(read)) frame.turn.learn(read, audience);
      }
      return "";
    };
  };
}

/** Makes a copy of a node with the evaluated parts filled in, as text: what was said stays data. */
type Fill = (frame: Frame) => Node;

function fill(node: Node, compiler: Compiler): Fill {
  if (!isElement(node)) return () => node;
  if (node.name === "eval") return compiler.content(node);
  const children = node.children.map((child) => fill(child, compiler));
  return (frame) => ({ ...node, children: children.map((child) => child(frame)) });
}
