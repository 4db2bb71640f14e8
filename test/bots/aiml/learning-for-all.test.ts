import { describe, expect, test } from "bun:test";
import type { Interpreter } from "../../../src/bots/aiml/interpreter.ts";
import { category, createBot } from "./talk.ts";

const lesson = `<category><pattern><eval><star/></eval></pattern><template><eval><star index="2"/></eval></template></category>`;

const aiml =
  category("TELL ALL * IS *", `<learnf>${lesson}</learnf>ok`) +
  category("TELL ME * IS *", `<learn>${lesson}</learn>ok`) +
  category("TELL AND ASK * IS *", `<learnf>${lesson}</learnf><srai><star/></srai>`) +
  category("FORGET MINE", "<resetlearn/>forgotten") +
  category("FORGET ALL", "<resetlearnf/>forgotten") +
  category("FORGET AND ASK *", "<resetlearnf/><srai><star/></srai>") +
  category("COUNT", "<size/>") +
  category("CAPITAL", "the file's") +
  category("*", "none");

describe("learnf", () => {
  test("answers everybody from then on", () => {
    const { ada, ben } = createTown();

    const before = ben("river");
    ada("tell all river is Seine");

    expect([before, ada("River?"), ben("River?")]).toEqual(["none", "Seine", "Seine"]);
  });

  test("holds at once, in the same message", () => {
    const { ada } = createTown();

    expect(ada("tell and ask river is Seine")).toBe("Seine");
  });

  test("lasts in the memory for all, also for an interpreter that was just made", () => {
    const town = createTown();
    town.ada("tell all river is Seine");
    town.restart();

    expect(town.ben("river")).toBe("Seine");
  });

  test("replaces what anybody taught for the same words, in the memory too", () => {
    const { ada, ben, shared } = createTown();
    ada("tell all river is Seine");
    ben("tell all River is Tiber");

    expect([ada("river"), ben("river")]).toEqual(["Tiber", "Tiber"]);
    expect([...shared().keys()]).toEqual(["l: RIVER"]);
  });

  test("goes behind what the person was taught alone, whichever came first", () => {
    const { ada, ben } = createTown();
    ada("tell me river is Thames");
    ben("tell all river is Seine");
    const first = ada("river");
    ada("tell all river is Tiber");

    expect([first, ada("river"), ben("river")]).toEqual(["Thames", "Thames", "Tiber"]);
  });

  test("goes before the bot's own on the same path, and only there", () => {
    const { ada, ben } = createTown();
    ada("tell all capital is Paris");

    expect([ben("capital"), ben("count"), ben("other")]).toEqual(["Paris", "10", "none"]);
  });

  test("says nothing to others of what was learned but not stored", () => {
    const { bot, ada, ben } = createTown();
    const memories = { memory: new Map(), shared: new Map() };

    const lost = bot().answer({ text: "tell all river is Seine", personId: "cyn", ...memories });

    expect([lost.text, ada("river"), ben("river")]).toEqual(["ok", "none", "none"]);
  });

  test("does no harm when a message is answered a second time", () => {
    const { bot } = createTown();
    const question = { text: "tell all river is Seine", personId: "ada", memory: new Map() };
    const shared = new Map<string, string>();

    const [one, other] = [question, question].map((each) => bot().answer({ ...each, shared }));

    expect(one).toEqual(other);
  });

  test("goes by the memory's content where the same map is written to", () => {
    const { bot } = createTown();
    const shared = new Map<string, string>();
    const say = (text: string) => {
      const answer = bot().answer({ text, personId: "ada", memory: new Map(), shared });
      for (const [key, value] of answer.rememberForAll) shared.set(key, value ?? "");
      return answer.text;
    };
    say("tell all river is Seine");

    expect(say("river")).toBe("Seine");
  });

  test("lasts as long as the interpreter where no memory for all is given", () => {
    const { bot } = createTown();
    const say = (text: string) => bot().answer({ text, personId: text, memory: new Map() }).text;
    say("tell all river is Seine");
    const taught = say("river");
    say("forget all");

    expect([taught, say("river")]).toEqual(["Seine", "none"]);
  });
});

describe("resetlearnf", () => {
  test("gives everybody the bot's own categories back, now and after a restart", () => {
    const town = createTown();
    town.ada("tell all capital is Paris");
    town.ada("tell all river is Seine");

    const now = town.ben("forget and ask capital");
    const river = town.ada("river");
    town.restart();

    expect([now, river, town.ada("capital")]).toEqual(["the file's", "none", "the file's"]);
    expect(town.shared()).toEqual(new Map());
  });

  test("leaves alone what people were taught themselves, and can be taught anew", () => {
    const { ada, ben } = createTown();
    ada("tell me river is Thames");
    ada("tell all capital is Paris");
    ben("forget all");
    ben("tell all capital is Rome");

    expect([ada("river"), ada("capital")]).toEqual(["Thames", "Rome"]);
  });
});

describe("resetlearn", () => {
  test("gives the person back what everybody has, and nobody else", () => {
    const { ada, ben } = createTown();
    ada("tell me capital is London");
    ben("tell me capital is Berlin");
    const before = ada("capital");
    ben("tell all capital is Paris");
    ada("forget mine");

    expect([before, ada("capital"), ben("capital")]).toEqual(["London", "Paris", "Berlin"]);
  });

  test("leaves nothing of it in the memory", () => {
    const { ada, memoryOf } = createTown();
    ada("tell me river is Thames");
    ada("forget mine");

    const kept = [...memoryOf("ada").keys()].filter((key) => !/^(h:|turns$)/.test(key));

    expect(kept).toEqual(["characters"]);
    expect(memoryOf("ada").get("characters")).toBe("0");
  });

  test("takes back what an earlier version wrote under numbers", () => {
    const { ada, memoryOf } = createTown();
    memoryOf("ada").set("l:0", '[["RIVER"],[],[],["Thames"]]').set("learned", "1");
    const old = ada("river");
    ada("tell me river is Tiber");
    const replaced = ada("river");
    ada("forget mine");

    expect([old, replaced, ada("river")]).toEqual(["Thames", "Tiber", "none"]);
  });
});

/** A bot, two people, and a store that keeps what is told of each and for all. */
function createTown() {
  let bot: Interpreter = createBot({ aiml });
  let shared: ReadonlyMap<string, string> = new Map();
  const memories = new Map(["ada", "ben"].map((name) => [name, new Map<string, string>()]));
  const memoryOf = (name: string) => memories.get(name) ?? new Map<string, string>();
  const speaker = (personId: string) => (text: string) => {
    const memory = memoryOf(personId);
    const answer = bot.answer({ text, personId, memory, shared });
    memories.set(personId, changed(memory, answer.remember));
    shared = changed(shared, answer.rememberForAll);
    return answer.text;
  };
  return {
    ada: speaker("ada"),
    ben: speaker("ben"),
    bot: () => bot,
    shared: () => shared,
    memoryOf,
    restart() {
      bot = createBot({ aiml });
    },
  };
}

function changed(
  memory: ReadonlyMap<string, string>,
  changes: ReadonlyMap<string, string | null>,
): Map<string, string> {
  const kept = [...memory, ...changes].flatMap(([key, value]) =>
    changes.get(key) === null || value === null ? [] : [[key, value] as const],
  );
  return new Map(kept);
}
