import { describe, expect, test } from "bun:test";
import { createSubstitute } from "../../../src/bots/aiml/substitutions.ts";

describe("createSubstitute()", () => {
  test.each([
    [
      "does not look at what it put in",
      [
        [" he ", " she "],
        [" she ", " he "],
      ],
      "he and she",
      "she and he",
    ],
    ["lets neighbours share a space", [[" foo ", " bar "]], "foo foo foo", "bar bar bar"],
    [
      "takes the earlier line where two fit",
      [
        [" a ", " 1 "],
        [" a b ", " 2 "],
      ],
      "a b",
      "1 b",
    ],
    [
      "takes the earlier line even if it is the longer",
      [
        [" a b ", " 2 "],
        [" a ", " 1 "],
      ],
      "a b a",
      "2 1",
    ],
    ["leaves parts of words alone", [[" ok ", " okay "]], "ok oka okay", "okay oka okay"],
    ["finds keys without spaces inside words", [[".com", " dot com "]], "a.com", "a dot com "],
    [
      "takes a word's end before a sentence mark",
      [[" isn't ", " is not "]],
      "Say isn't.",
      "Say is not.",
    ],
    [
      "ignores case and a phone's curly apostrophe",
      [[" isn't ", " is not "]],
      "It ISN’T",
      "It is not",
    ],
    ["eats the spaces that the value lacks", [[" dash ", "-"]], "well dash known", "well-known"],
    ["eats only the side that lacks one", [[" dot com ", ".com "]], "x dot com now", "x.com now"],
    [
      "takes each character for a word where no spaces are written",
      [
        [" 我 ", " 你 "],
        [" 你 ", " 我 "],
      ],
      "他爱我，我爱你",
      "他爱你，你爱我",
    ],
    ["finds keys without spaces in Chinese", [["什么", "何"]], "你叫什么名字", "你叫何名字"],
    ["leaves a Thai letter its marks", [[" ก ", " x "]], "ก่ก", "ก่x"],
    ["knows the marks that end sentences elsewhere", [[" नहीं ", " ना "]], "नहीं।", "ना।"],
    ["knows an Arabic question mark", [[" لا ", " كلا "]], "لا؟", "كلا؟"],
    [
      "ignores case in Greek, Turkish and wide letters",
      [[" οδος ok ılık ", " x "]],
      "ΟΔΟΣ ｏｋ ILIK",
      "x",
    ],
    ["knows a Turkish capital", [[" iyi ", " güzel "]], "İYİ", "güzel"],
    ["ignores curly double quotes", [['"', " quote "]], "“a”", " quote a quote "],
    ["is literal about signs", [["(.*)", "x"]], "a(.*)b ab", "axb ab"],
    ["keeps text whose small letters are longer", [[" b ", " c "]], "İİ b İ", "İİ c İ"],
    [
      "ignores a key of nothing",
      [
        [" ", "x"],
        ["", "y"],
      ],
      "a b",
      "a b",
    ],
  ] as const)("%s", (...[, pairs, text, wanted]) => {
    const substitute = createSubstitute(pairs);

    expect(substitute(text)).toBe(wanted);
  });
});
