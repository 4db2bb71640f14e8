import { createBot } from "../../../src/bots/table.ts";
import { createSms } from "../../../src/channels/sms.ts";
import { readWebhookUrl } from "../../../src/channels/twilio/webhook-url.ts";
import { createConversation } from "../../../src/conversation/conversation.ts";
import { conversationSettings } from "../../../src/conversation/settings.ts";
import { coreSettings } from "../../../src/core-settings.ts";
import { createLog } from "../../../src/log.ts";
import type { Memories, Outcome } from "../../../src/message.ts";
import { listen } from "../../../src/server/listen.ts";
import { createServer } from "../../../src/server/server.ts";
import { readSettings } from "../../../src/settings.ts";
import { openSqlite } from "../../../src/store/sqlite.ts";
import type { Claim, Store } from "../../../src/store/store.ts";

// botline's own route, with a store that only lives as long as the program: what durability costs is the difference.

const { BOT = "", PORT, PUBLIC_URL = "", TWILIO_AUTH_TOKEN = "" } = process.env;

const log = createLog({
  level: "info",
  format: "json",
  write: (line) => process.stderr.write(line),
});
const store = createMemoryStore();
const bot = await createBot(BOT, { settings: {}, log });
const webhookUrl = readWebhookUrl(PUBLIC_URL);
const channel = createSms({
  tokens: [TWILIO_AUTH_TOKEN],
  webhookUrl: () => webhookUrl,
  callbacks: false,
  identity: "1",
  fitting: { most: 3, isCheap: true },
});
const { values: settings } = readSettings({ ...conversationSettings, ...coreSettings }, []);
const { receive, hearOf, health } = createConversation({
  bot,
  channel,
  store,
  isHeardOf: false,
  isFree: true,
  isPatient: false,
  settings: { ...settings, GATHER_MS: 0 },
  log,
});
const parts = { version: "bench", store, conversation: { health }, isStopping: () => false };
await listen(createServer({ log, health: parts, channel, receive, hearOf }), {
  host: "127.0.0.1",
  port: Number(PORT),
});

/** All that lies on the path of a text, in maps. */
function createMemoryStore(): Store {
  const turns: { readonly person: string; outcome?: Outcome }[] = [];
  const claims = new Map<string, number>();
  const memories = new Map<string, Map<string, string>>();
  return {
    ...openSqlite(":memory:"),
    async recordInbound(message): Promise<Claim> {
      const claimed = claims.get(message.id);
      if (claimed === undefined) {
        const turn = turns.push({ person: message.from }) - 1;
        claims.set(message.id, turn);
        return { kind: "new", turn };
      }
      const outcome = turns[claimed]?.outcome;
      return outcome
        ? { kind: "ended", turn: claimed, outcome, texts: [] }
        : { kind: "open", turn: claimed };
    },
    async recall(person): Promise<Memories> {
      return { own: memories.get(person) ?? new Map(), shared: new Map() };
    },
    async waitingFor() {
      return [];
    },
    async isOptedOut() {
      return false;
    },
    async endTurn({ turn: id, outcome, texts }) {
      const turn = turns[id];
      if (!turn) return [];
      turn.outcome = outcome;
      const memory = memories.get(turn.person) ?? new Map<string, string>();
      memories.set(turn.person, memory);
      for (const [key, value] of ("remember" in outcome && outcome.remember) || []) {
        if (value === null) memory.delete(key);
        else memory.set(key, value);
      }
      return texts.map(({ text, state }, index) => ({ id: index, text, state }));
    },
    async checkWritable() {},
  };
}
