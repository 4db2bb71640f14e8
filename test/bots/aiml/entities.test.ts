import { expect, test } from "bun:test";
import { createEntities } from "../../../src/bots/aiml/entities.ts";

test("createEntities() knows every character that HTML 4 and XML name", () => {
  expect(Object.keys(createEntities())).toHaveLength(253);
});

test.each([
  ["lt", "<"],
  ["apos", "'"],
  ["nbsp", "\u00A0"],
  ["eacute", "é"],
  ["szlig", "ß"],
  ["yuml", "ÿ"],
  ["OElig", "Œ"],
  ["alpha", "α"],
  ["euro", "€"],
  ["hellip", "…"],
  ["diams", "♦"],
])("createEntities() has %s", (name, character) => {
  expect(createEntities()[name]).toBe(character);
});

test.each(["constructor", "toString", "__proto__"])("createEntities() has no %s", (name) => {
  expect(createEntities()[name]).toBeUndefined();
});
