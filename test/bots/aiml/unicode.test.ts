import { describe, expect, test } from "bun:test";
import { type BotParts, category, createBot, createTalker, hold, linesOf } from "./talk.ts";

/** Whether a text is the pattern's, and what its star took. */
function matched(pattern: string, text: string, files: BotParts["files"] = {}): string {
  const bot = createBot({ aiml: category(pattern, "[<star/>]") + category("*", "none"), files });
  return createTalker().say(bot, text);
}

const FAMILY = "👨\u200D👩\u200D👧";

describe("a pattern is a text's, whatever the writing", () => {
  test.each([
    ["Chinese without spaces", "我 叫 *", "我叫小明。", "[小明]"],
    ["a Chinese pattern without spaces around its wildcard", "我叫*", "我叫小明", "[小明]"],
    ["a wildcard in the midst of Chinese", "我想去*吗", "我想去北京吗？", "[北京]"],
    ["Chinese with a Latin name in it", "我叫*", "我叫Tom Smith吗", "[Tom Smith吗]"],
    ["Chinese with digits in it", "我今年<set>number</set>岁", "我今年20岁", "[20]"],
    [
      "spaces and neighbours as they were typed",
      "我用*",
      "我用iPhone手机 和 电脑",
      "[iPhone手机 和 电脑]",
    ],
    [
      "a Japanese text with kanji, kana and a long vowel",
      "*が好きです",
      "ラーメンが好きです！",
      "[ラーメン]",
    ],
    ["narrow katakana and wide ones", "カタカナガ *", "ｶﾀｶﾅｶﾞいい", "[いい]"],
    ["kana with a mark of its own", "が *", "か\u3099いい", "[いい]"],
    ["a Japanese wave", "你好", "你好～", "[unknown]"],
    ["Korean, spaced by its words", "저는 * 입니다", "저는 민수 입니다.", "[민수]"],
    ["Korean in single letters", "한국 *", "한국 말".normalize("NFD"), "[말]"],
    ["Thai without spaces", "ผมชื่อ*", "ผมชื่อสมชาย ใจดี", "[สมชาย ใจดี]"],
    ["Thai in front of a wildcard's end", "*ครับ", "สวัสดีครับ", "[สวัสดี]"],
    ["Arabic with its own question mark", "كيف *", "كيف حالك؟", "[حالك]"],
    ["Arabic with vowel marks", "مرحبا *", "مَرْحَبًا يا أخي", "[يا أخي]"],
    ["stretched Arabic", "سلام *", "ســـلام عليكم", "[عليكم]"],
    ["Hebrew with points", "שלום *", "שָׁלוֹם לכולם", "[לכולם]"],
    ["Hindi up to its danda", "नमस्ते *", "नमस्ते दुनिया।", "[दुनिया]"],
    ["Hindi with a joiner", "क्ष *", "क्\u200Dष है", "[है]"],
    ["Cyrillic in any case", "как дела *", "КАК ДЕЛА сегодня", "[сегодня]"],
    ["Greek capitals without accents", "ΚΑΛΗΜΕΡΑ *", "Καλημέρα σας", "[σας]"],
    ["Greek with a final sigma", "ΟΔΟΣ *", "οδος μία", "[μία]"],
    ["Turkish with dotted and dotless letters", "İSTANBUL ILIK *", "istanbul ılık mı", "[mı]"],
    ["Turkish small letters in the pattern", "istanbul ılık *", "İSTANBUL ILIK MI", "[MI]"],
    ["a German sharp s", "STRASSE *", "Straße frei", "[frei]"],
    ["a capital German sharp s", "straße *", "STRAẞE FREI", "[FREI]"],
    ["accents in one character and in two", "CAFÉ *", "cafe\u0301 noir", "[noir]"],
    ["Vietnamese in single marks", "TIẾNG VIỆT *", "tiếng việt nam".normalize("NFD"), "[nam]"],
    ["wide Latin letters", "HELLO *", "ｈｅｌｌｏ　ｗｏｒｌｄ！", "[ｗｏｒｌｄ]"],
    ["joined letters", "FINE *", "ﬁne day", "[day]"],
    ["emoji of several signs", `${FAMILY} *`, `${FAMILY} home`, "[home]"],
    ["emoji in a star", "LOOK *", `look ${FAMILY} 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿`, `[${FAMILY} 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿]`],
    ["emoji with and without a selector", "❤ *", "❤\uFE0F you", "[you]"],
    ["an emoji right behind a word", "THANKS ^", "Thanks👍🏽", "[👍🏽]"],
    ["emoji right behind each other", "👍 *", "👍❤️👍 ok👌", "[❤️👍 ok👌]"],
    ["flags without a space", "🇫🇷 *", "🇫🇷🇩🇪🇮🇹!", "[🇩🇪🇮🇹]"],
    ["a number before an emoji", "<set>number</set> 🎉", "18🎉", "[18]"],
    ["flags", "🇫🇷 *", "🇫🇷 wins", "[wins]"],
    ["curly quotes", "SAY HI *", "say “hi” there", "[there]"],
    ["soft hyphens", "UNDERSTAND *", "under\u00ADstand me", "[me]"],
    ["a mark at the start of a text", "HELLO *", "\uFEFFhello you", "[you]"],
    ["signs that cannot be seen", "HELLO *", "\u200Fhello \u200D \u2060 y\u200Bou", "[y ou]"],
    ["signs that join words", "HELLO *", "hello a\u2060 \u2061b é", "[a b é]"],
    ["the digits of other scripts", "ADD <set>number</set>", "add ٤٢", "[٤٢]"],
  ])("%s", (...[, pattern, text, wanted]) => {
    expect(matched(pattern, text)).toBe(wanted);
  });

  test.each([
    ["other flags", "🇫🇷 *", "🇩🇪 wins"],
    ["other accents", "CAFÉ *", "cafe noir"],
    ["other marks on kana", "が *", "か いい"],
    ["other hamzas", "أب *", "آب و"],
  ])("but not with %s", (...[, pattern, text]) => {
    expect(matched(pattern, text)).toBe("none");
  });

  test.each([
    ["Chinese", ["北京", "上海"], "我在<set>place</set>住", "我在上海住", "[上海]"],
    [
      "the longest Chinese one",
      ["北京", "北京大学"],
      "<set>place</set>很大",
      "北京大学很大",
      "[北京大学]",
    ],
    ["Thai", ["กรุงเทพ"], "อยู่<set>place</set>", "อยู่กรุงเทพ", "[กรุงเทพ]"],
    [
      "decomposed",
      ["São Paulo".normalize("NFD")],
      "IN <set>place</set>",
      "in são paulo",
      "[são paulo]",
    ],
    ["Cyrillic", ["Москва"], "я в <set>place</set>", "Я в москва", "[москва]"],
    ["emoji", ["☀️"], "I LIKE <set>place</set>", "i like ☀", "[☀]"],
  ] as const)("a set has members that are %s", (...[, members, pattern, text, wanted]) => {
    expect(matched(pattern, text, { "place.set": members })).toBe(wanted);
  });
});

describe("sentences end", () => {
  test.each([
    ["Chinese", "你好。再见！", "[你好] [再见]"],
    ["narrow Japanese", "はい｡いいえ", "[はい] [いいえ]"],
    ["wide", "ＯＫ．ｂｙｅ", "[ＯＫ] [ｂｙｅ]"],
    ["Arabic", "نعم؟ لا۔ ربما", "[نعم] [لا] [ربما]"],
    ["Hindi", "हाँ। नहीं॥ शायद", "[हाँ] [नहीं] [शायद]"],
    ["Armenian", "Այո։ Ոչ", "[Այո] [Ոչ]"],
    ["three dots in one sign", "well… yes", "[well] [yes]"],
  ])("as %s ones do", (...[, text, wanted]) => {
    const bot = createBot({ aiml: category("*", "[<star/>]") });

    expect(createTalker().say(bot, text)).toBe(wanted);
  });

  test("where the property sentence-splitters says so, and nowhere else", () => {
    const bot = createBot({
      aiml: category("*", "[<star/>]"),
      files: { "a.properties": [["sentence-splitters", "。"]] },
    });

    expect(createTalker().say(bot, "你好。再见！Bye. Now")).toBe("[你好] [再见 Bye Now]");
  });
});

const dialogues: Readonly<Record<string, BotParts & { readonly says: string }>> = {
  "maps and conditions compare as patterns do": {
    aiml:
      category("CAPITAL OF *", `<map name="capital"><star/></map>`) +
      category("AFTER *", `<map name="successor"><star/></map>`) +
      category(
        "IS *",
        `<think><set var="x"><star/></set></think><condition var="x"><li value="STRASSE">1</li><li
        value="café">2</li><li value="ΟΔΌΣ">3</li><li>?</li></condition>`,
      ),
    files: {
      "capital.map": [
        ["Côte d'Ivoire", "Yamoussoukro"],
        ["日本", "東京"],
      ],
    },
    says: `> capital of 日本
           < 東京
           > after １２
           < 13
           > is straße
           < 1
           > is CAFE\u0301
           < 2
           > is οδος
           < 3`,
  },
  "explode keeps what is one character together": {
    aiml: category("SPELL *", "<explode><star/></explode>"),
    says: `> spell ${FAMILY}e\u0301🇫🇷
           < ${FAMILY} é 🇫🇷
           > spell 你好
           < 你 好`,
  },
  "case elements": {
    aiml: category(
      "SHOW *",
      "<uppercase><star/></uppercase> <lowercase><star/></lowercase> <formal><star/></formal>",
    ),
    says: `> show ΟΔΥΣΣΕΥΣ straße éLAN
           < ΟΔΥΣΣΕΥΣ STRASSE ÉLAN οδυσσευς straße élan Οδυσσευς Straße Élan`,
  },
  "what was said is known again": {
    aiml:
      category("茶", "你要糖吗？") +
      `<category><pattern>要</pattern><that>你要*吗</that><template><thatstar/></template></category>` +
      category("BACK", `<input index="2"/>|<request/>`),
    says: `> 茶
           < 你要糖吗？
           > 要！
           < 糖
           > back
           < 要|要！`,
  },
};

test.each(Object.entries(dialogues))("answer() holds the dialogue: %s", (_, { says, ...parts }) => {
  const bot = createBot(parts);

  const held = hold(bot, says);

  expect(held).toBe(linesOf(says).join("\n"));
});
