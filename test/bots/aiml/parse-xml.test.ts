import { describe, expect, test } from "bun:test";
import { parseXml, XmlError } from "../../../src/bots/aiml/parse-xml.ts";

describe("parseXml()", () => {
  test("makes elements of names in lower case, with their places", () => {
    const root = parseXml('<?xml version="1.0"?>\n<aiml>\n  <html:BR Clear="a &lt; b"/>x</aiml>');

    expect(root).toEqual({
      name: "aiml",
      attributes: [],
      line: 2,
      column: 1,
      children: [
        "\n  ",
        {
          name: "br",
          written: "BR",
          attributes: [["Clear", "a < b"]],
          children: [],
          line: 3,
          column: 3,
        },
        "x",
      ],
    });
  });

  test.each([
    ["entities", "&lt;&amp;&#65;&#x42;&nbsp;&copy;", "<&AB\u00A0©"],
    ["comments left out", "a<!-- <b> & -->b", "ab"],
    ["character data as it is", "a<![CDATA[<b> &amp;]]>c", "a<b> &amp;c"],
    ["line ends as one", "a\r\nb\rc", "a\nb\nc"],
    ["instructions left out", "a<?php <b> ?>b", "ab"],
  ])("reads %s", (_, inside, wanted) => {
    expect(parseXml(`<a>${inside}</a>`).children).toEqual([wanted]);
  });

  test("passes over a byte order mark, a document type and comments before the root", () => {
    const text = '\uFEFF<?xml version="1.0"?><!DOCTYPE aiml [<!ENTITY e "x">]><!-- c --><aiml/>';

    expect(parseXml(text).name).toBe("aiml");
  });

  test("reads what is named like a property of every object", () => {
    const root = parseXml('<constructor __proto__="x"><__proto__/></constructor>');

    expect(root).toMatchObject({ name: "constructor", attributes: [["__proto__", "x"]] });
  });

  test.each([
    ["an end that fits no start", "<a>\n<b></a>", 2],
    ["an element left open", "<a>\n\n", 3],
    ["an attribute without quotes", "<a>\n<b c=d/></a>", 2],
    ["an attribute twice", '<a b="1"\n b="2"/>', 2],
    ["a < in an attribute", '<a>\n<b c="<"/></a>', 2],
    ["a lone &", "<a>\n\nB & C</a>", 3],
    ["an unknown entity", "<a>\n&constructor;</a>", 2],
    ["an entity of the file's own", '<!DOCTYPE a [<!ENTITY e "x">]>\n<a>&e;</a>', 2],
    ["a character that is none", "<a>\n&#0;</a>", 2],
    ["text after the root", "<a/>\nb", 2],
    ["two roots", "<a/>\n<b/>", 2],
    ["nothing at all", "", 1],
    ["text alone", "hello", 1],
    ["elements nested without end", `<a>${"<b>".repeat(100_000)}`, 1],
  ])("complains of %s and says where", (_, text, line) => {
    const parse = () => parseXml(text);

    expect(parse).toThrow(XmlError);
    expect(parse).toThrow(expect.objectContaining({ line }));
  });
});
