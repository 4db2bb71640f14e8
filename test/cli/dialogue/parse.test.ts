import { describe, expect, test } from "bun:test";
import { parseDialogues } from "../../../src/cli/dialogue/parse.ts";

function parse(text: string) {
  return parseDialogues({ name: "a.dialogue", text });
}

describe("parseDialogues()", () => {
  test("reads conversations, people and lines", () => {
    const { dialogues, problems } = parse(
      "\uFEFF# begin\r\n= first\r\n> hi = < there\r\n< a\r\n< b\r\n\r\n= second\r\n+15550001111> x\r\n<\r\n",
    );

    expect(problems).toEqual([]);
    expect(dialogues).toMatchObject([
      {
        file: "a.dialogue",
        title: "first",
        exchanges: [
          {
            line: 3,
            person: "you",
            text: "hi = < there",
            answers: [{ written: "a" }, { written: "b" }],
          },
        ],
      },
      {
        title: "second",
        exchanges: [{ line: 8, person: "+15550001111", text: "x", answers: [] }],
      },
    ]);
  });

  test.each([
    ["a", "a", true],
    ["a", "A", false],
    ["a | b", "b", true],
    ["a | b", "a | b", false],
    ["a \\| b", "a | b", true],
    ["a|b", "a|b", true],
    ["/^b/", "abc", false],
    ["/B/i | x", "abc", true],
    ["/a | b/", "a | b", true],
    ["/a/ | /b/", "b", true],
    ["/^[/]$/", "/", true],
    ["\\/a/", "/a/", true],
    ["one\\ntwo", "one\ntwo", true],
    ["/one.two/s", "one\ntwo", true],
    ["C:\\\\n", "C:\\n", true],
  ])("reads the answer %s: %j is allowed: %p", (written, text, wanted) => {
    const { dialogues } = parse(`> x\n< ${written}\n`);

    const isAllowed = dialogues[0]?.exchanges[0]?.answers[0]?.isAllowed(text);

    expect(isAllowed).toBe(wanted);
  });

  test.each([
    ["hello", 1, '"= title", "> text", "< answer" or "# comment", found "hello"'],
    ["two words> x", 1, 'or "# comment", found "two words> x"'],
    ["=\n> x\n<", 1, 'a title after "=", found none'],
    ["= a", 1, 'a text (">") in the conversation, found none'],
    ["< a", 1, 'a text (">") before its answer, found none'],
    ["> a\n> b\n< c", 1, 'an answer ("<") to the text'],
    ["> a\n<\n< b", 3, '"<" alone where there is no reply, found more of them'],
    ["> a\n< b\n<", 3, '"<" alone where there is no reply, found more of them'],
    ["> a\n< /b", 2, 'a pattern "/…/" with flags of imsu, or "\\/" for a slash, found /b'],
    ["> a\n< /b/g", 2, 'a pattern "/…/" with flags of imsu'],
    ["> a\n< /(/", 2, "a regular expression of JavaScript's, found /(/"],
    ["> a\n< \\x", 2, "\\n, \\|, \\/ or \\\\, found \\x"],
    ["> a\n< b\\", 2, "\\\\ for a backslash, found b\\"],
  ])("tells what is wrong with %j", (text, line, wanted) => {
    const { problems } = parse(text);

    expect(problems).toEqual([expect.stringContaining(wanted)]);
    expect(problems[0]).toStartWith(`a.dialogue:${line}: Cannot read the dialogue: expected `);
  });
});
