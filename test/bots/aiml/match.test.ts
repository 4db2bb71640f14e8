import { describe, expect, test } from "bun:test";
import { category, createBot, createTalker } from "./talk.ts";

const files = {
  "pet.set": ["cat", "big cat", ["big", "cat", "house"]],
  "a.properties": [["name", "cat"]],
};

/** A bot whose categories answer with their own pattern and, in brackets, what each star took. */
function botOf(patterns: readonly string[]) {
  const stars = [1, 2, 3].map((n) => `<star index="${n}"/>`).join("/");
  const aiml = patterns.map((pattern, at) => category(pattern, `${at}: ${stars}`)).join("");
  return createBot({ aiml, files: { ...files, "z.properties": [["default-get", "-"]] } });
}

describe("match()", () => {
  test.each([
    // At one node: $WORD, #, _, word or bot property, set, ^, *.
    [["$CAT", "#", "_", "CAT", "<set>pet</set>", "^", "*"], "cat", 0],
    [["*", "^", "<set>pet</set>", "CAT", "_", "#"], "cat", 5],
    [["*", "^", "<set>pet</set>", "CAT", "_"], "cat", 4],
    [["*", "^", "<set>pet</set>", "CAT"], "cat", 3],
    [["*", "^", "<set>pet</set>", '<bot name="name"/>'], "cat", 3],
    [["*", "^", "<set>pet</set>"], "cat", 2],
    [["*", "^"], "cat", 1],
    // Zero words: # comes before the end of the input, ^ after it.
    [["CAT", "CAT #"], "cat", 1],
    [["CAT", "CAT ^"], "cat", 0],
    // The first word decides, even where the rest would fit another pattern better.
    [["A B C", "_ C"], "a b c", 1],
    [["A B C", "* C"], "a b c", 0],
    [["A *", "* C"], "a b c", 0],
    [["A B D", "* C"], "a b c", 1],
    [["$A *", "# C", "A B C"], "a b c", 0],
  ] as const)("%j answers %j with number %i", (patterns, text, wanted) => {
    const bot = botOf(patterns);

    const said = createTalker().say(bot, text);

    expect(said).toStartWith(`${wanted}: `);
  });

  test.each([
    ["* * *", "a b c d e", "a/b/c d e"],
    ["# B ^", "b", "//-"],
    ["# B ^", "a a b c c", "a a/c c/-"],
    ["_ AND *", "a and b and c", "a/b and c/-"],
    ["^ X * X ^", "x x x", "/x/"],
    ["<set>pet</set> *", "big cat house is here", "big cat house/is here/-"],
    ["<set>pet</set> HOUSE", "big cat house", "big cat/-/-"],
    ["$A B *", "a b c", "c/-/-"],
    ["<set>number</set> *", "12 cats", "12/cats/-"],
  ])("%j takes %j apart into %j", (pattern, text, stars) => {
    const bot = botOf([pattern]);

    const said = createTalker().say(bot, text);

    expect(said).toBe(`0: ${stars}`);
  });

  test("no wildcard crosses from the input into that", () => {
    const aiml = `<category><pattern>* B</pattern><that>C</that><template>crossed</template></category>
      ${category("HI", "B C")}`;
    const bot = createBot({ aiml });
    const ada = createTalker();
    ada.say(bot, "hi");

    const said = ada.say(bot, "a");

    expect(said).toBe("I have no answer for that.");
  });

  test.each([
    ["* * * * * * * * NEVER"],
    ["# # # # # # # # NEVER"],
    ["^ A ^ A ^ A ^ A ^ A ^ A ^ NEVER"],
    ["<set>runs</set> <set>runs</set> <set>runs</set> <set>runs</set> <set>runs</set> NEVER"],
  ])("%j fails on 1,000 words without trying every way", (pattern) => {
    const runs = Array.from({ length: 30 }, (_, at) => Array.from({ length: at + 1 }, () => "a"));
    const bot = createBot({ aiml: category(pattern, "?"), files: { "runs.set": runs } });

    const started = performance.now();
    const answer = createTalker().ask(bot, "a ".repeat(1_000));

    expect(answer.text).toBe("I have no answer for that.");
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
