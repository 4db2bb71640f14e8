import { type Desk, until } from "./desk.ts";

/** A step of a text's path, and how a server is brought there. */
interface Point {
  readonly when: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly hasFallback?: boolean;
  readonly isKnown?: boolean;
  /** Brings the server to the point at which it is to be killed. */
  readonly reach: (desk: Desk) => Promise<void>;
  /** How often the bot is asked about the first text, all in all. */
  readonly asks: number;
}

/** Until the server has surely read what it was answered. */
const HEARD_MS = 150;

/** Nothing but the text itself is written. */
const QUIET = { CATCH_UP_EVERY_S: "0" };

const INLINE: readonly Point[] = [
  {
    when: "before the text comes",
    isKnown: true,
    async reach({ server, text, webhooksAreOver }) {
      await server.kill();
      text();
      await webhooksAreOver();
    },
    asks: 1,
  },
  {
    when: "after the claim, before the bot is asked",
    settings: { GATHER_MS: "3000", ANSWER_WITHIN_MS: "5000" },
    async reach({ text, finds }) {
      text();
      await finds("SELECT 1 FROM inbound");
    },
    asks: 1,
  },
  {
    when: "while the bot thinks",
    async reach({ bot, text, holdBot }) {
      holdBot();
      const mark = text();
      await until(() => bot.asked(mark).length === 1, "the bot is asked");
    },
    asks: 2,
  },
  {
    when: "after the bot answered, before the commit",
    settings: QUIET,
    async reach({ bot, text, holdBot, letGoBot, lock, finds }) {
      holdBot();
      const mark = text();
      await until(() => bot.asked(mark).length === 1, "the bot is asked");
      lock();
      letGoBot();
      await Bun.sleep(HEARD_MS);
      await finds("SELECT 1 FROM turns WHERE state = 'open'");
    },
    asks: 2,
  },
  {
    when: "after the commit, when the answer never reached Twilio",
    async reach({ twilio, text, webhooksAreOver }) {
      twilio.faults.next("webhook", "lost-answer");
      text();
      await webhooksAreOver();
    },
    asks: 1,
  },
  {
    when: "after Twilio read the answer, before anything was heard of it",
    async reach(desk) {
      desk.twilio.faults.happen({ callback: [["lost", 1]] });
      desk.text();
      await desk.webhooksAreOver();
    },
    asks: 1,
  },
  {
    when: "after Twilio read the answer, when its list fails at first",
    async reach({ twilio, text, webhooksAreOver }) {
      twilio.faults.happen({ callback: [["lost", 1]] });
      twilio.faults.next("lookup", "500", "reset", "503", "cut", "429");
      text();
      await webhooksAreOver();
    },
    asks: 1,
  },
  {
    when: "after the fallback gave the answer again",
    hasFallback: true,
    async reach({ twilio, text, webhooksAreOver }) {
      twilio.faults.happen({ callback: [["lost", 1]] });
      twilio.faults.next("webhook", "lost-answer");
      text();
      await webhooksAreOver();
    },
    asks: 1,
  },
  {
    when: "after the callback",
    async reach({ text, finds }) {
      text();
      await finds("SELECT 1 FROM outbound WHERE status = 'delivered'");
    },
    asks: 1,
  },
];

const BY_REST: readonly Point[] = [
  {
    when: "when the reply is owed, and Twilio wants no request yet",
    async reach(desk) {
      desk.twilio.faults.next("create", "429", "429");
      await owe(desk);
      await until(() => desk.twilio.faults.counts["create:429"] === 1, "Twilio refused");
    },
    asks: 1,
  },
  {
    when: "during the request to send, which Twilio did not take",
    async reach(desk) {
      desk.twilio.faults.next("create", "hang");
      await owe(desk);
      await until(() => desk.twilio.faults.counts["create:hang"] === 1, "Twilio hangs");
    },
    asks: 1,
  },
  {
    when: "after Twilio took the request, before it said so",
    async reach(desk) {
      desk.twilio.faults.happen({ callback: [["lost", 1]] });
      desk.twilio.faults.next("create", "hang-after");
      await owe(desk);
      await until(() => desk.twilio.faults.counts["create:hang-after"] === 1, "Twilio hangs");
    },
    asks: 1,
  },
  {
    when: "after Twilio took the request, when its list fails at first",
    async reach(desk) {
      desk.twilio.faults.happen({ callback: [["lost", 1]] });
      desk.twilio.faults.next("create", "hang-after");
      desk.twilio.faults.next("lookup", "500", "reset", "503", "cut", "429");
      await owe(desk);
      await until(() => desk.twilio.faults.counts["create:hang-after"] === 1, "Twilio hangs");
    },
    asks: 1,
  },
  {
    when: "after Twilio said that it took the request, before that was written down",
    settings: QUIET,
    async reach(desk) {
      desk.twilio.faults.happen({ callback: [["lost", 1]] });
      desk.beforeCreateIsAnswered(desk.lock);
      await owe(desk);
      await until(() => desk.phone().length === 1, "Twilio has sent it");
      await Bun.sleep(HEARD_MS);
      await desk.finds("SELECT 1 FROM outbound WHERE sid IS NULL");
    },
    asks: 1,
  },
  {
    when: "after it was written down that Twilio took the request",
    async reach(desk) {
      desk.twilio.faults.happen({ callback: [["lost", 1]] });
      await owe(desk);
      await desk.finds("SELECT 1 FROM outbound WHERE state = 'sent'");
    },
    asks: 1,
  },
  {
    when: "after the callback of what was sent",
    async reach(desk) {
      await owe(desk);
      await desk.finds("SELECT 1 FROM outbound WHERE status = 'delivered'");
    },
    asks: 1,
  },
];

const TAKING_UP: readonly Point[] = [
  {
    when: "again, while the bot thinks about what was taken up",
    async reach({ bot, server, text, holdBot }) {
      holdBot();
      const mark = text();
      await until(() => bot.asked(mark).length === 1, "the bot is asked");
      await server.kill();
      server.start();
      await until(() => bot.asked(mark).length === 2, "the bot is asked again");
    },
    asks: 3,
  },
  {
    when: "while it looks for the answer in Twilio's list",
    async reach({ twilio, text }) {
      twilio.faults.happen({ callback: [["lost", 1]] });
      twilio.faults.next("lookup", "hang");
      text();
      await until(() => twilio.faults.counts["lookup:hang"] === 1, "it looks");
    },
    asks: 1,
  },
  {
    when: "while two texts of one person wait",
    async reach({ bot, text, holdBot, finds }) {
      holdBot();
      const mark = text();
      await until(() => bot.asked(mark).length === 1, "the bot is asked");
      text();
      await finds("SELECT 1 FROM inbound LIMIT 1 OFFSET 1");
    },
    asks: 2,
  },
  {
    when: "while it answers what came when it was down",
    isKnown: true,
    async reach({ bot, server, text, holdBot, webhooksAreOver }) {
      holdBot();
      await server.kill();
      const marks = [text(), text(), text()];
      await webhooksAreOver();
      server.start();
      await until(() => bot.asked(marks[0] ?? "").length === 1, "the bot is asked");
    },
    asks: 2,
  },
];

/** Every point, in the order of a text's path. */
export const POINTS: readonly Point[] = [...INLINE, ...BY_REST, ...TAKING_UP];

/** Brings the reply past the time in which the webhook waits for it. */
export async function owe({ bot, text, holdBot, letGoBot, webhooksAreOver }: Desk): Promise<void> {
  holdBot();
  const mark = text();
  await until(() => bot.asked(mark).length === 1, "the bot is asked");
  await webhooksAreOver();
  letGoBot();
}
