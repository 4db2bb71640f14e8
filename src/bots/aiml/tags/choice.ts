import { foldCase } from "../fold.ts";
import { MAX_LOOPS } from "../limits.ts";
import type { Compiler, Frame, Piece, Tag } from "../piece.ts";
import { type Element, isElement } from "../xml.ts";
import { type Reader, readerOf } from "./memory.ts";

/** `<random>`: one of its items, each as likely as the others. */
export const random: Tag = (element, compiler) => {
  const items = itemsOf(element).map((item) => compiler.content(item));
  return (frame) => {
    const item = items[Math.floor(frame.turn.random() * items.length)];
    return item ? item(frame) : "";
  };
};

/** `<condition>`: the content, or the first item, whose predicate has the value; again while it loops. */
export const condition: Tag = (element, compiler) => {
  const branches = branchesOf(element, compiler);
  return (frame) => {
    const outer = frame.isLooping;
    const text = rounds(branches, frame);
    frame.isLooping = outer;
    return text;
  };
};

/** `<loop/>`: has the condition around it begin again. */
export const loop: Tag = () => (frame) => {
  frame.isLooping = true;
  return "";
};

interface Branch {
  readonly applies: (frame: Frame) => boolean;
  readonly content: Piece;
}

const SUBJECTS = ["name", "var", "value"] as const;

function branchesOf(element: Element, compiler: Compiler): Branch[] {
  const subject = readerOf(element, compiler);
  const value = compiler.attribute(element, "value");
  if (value) {
    const content = compiler.content(element, SUBJECTS);
    return [{ applies: applies(subject, value), content }];
  }
  const branches = itemsOf(element).map((item) => {
    const own = readerOf(item, compiler) ?? subject;
    const itemValue = compiler.attribute(item, "value");
    const content = compiler.content(item, SUBJECTS);
    return { applies: itemValue ? applies(own, itemValue) : always, content };
  });
  // An item without a value is for when no other fits, wherever it stands.
  const otherwise = branches.filter((branch) => branch.applies === always);
  return [...branches.filter((branch) => branch.applies !== always), ...otherwise];
}

function always(): boolean {
  return true;
}

function applies(subject: Reader | undefined, value: Piece): Branch["applies"] {
  if (!subject) return () => false;
  return (frame) => {
    const wanted = value(frame).trim();
    // The turn has ended: of thousands of items no other is looked at.
    if (!frame.turn.permits(wanted)) return true;
    if (wanted === "*") return (subject.bound(frame) ?? "") !== "";
    return foldCase(subject.read(frame).trim()) === foldCase(wanted);
  };
}

function rounds(branches: readonly Branch[], frame: Frame): string {
  let text = "";
  for (let round = 0; ; round++) {
    frame.isLooping = false;
    text += branches.find((branch) => branch.applies(frame))?.content(frame) ?? "";
    if (!frame.turn.permits(text)) return "";
    if (!frame.isLooping) return text;
    if (round >= MAX_LOOPS) frame.turn.stop("loops");
  }
}

function itemsOf(element: Element): Element[] {
  return element.children.filter(isElement).filter(({ name }) => name === "li");
}
