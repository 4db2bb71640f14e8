import { Database } from "bun:sqlite";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { InboundMessage } from "../../../src/message.ts";
import { openSqlite } from "../../../src/store/sqlite.ts";
import { textFrom } from "../../fakes/message.ts";

// Takes texts on the small disk in its first argument until nothing more fits, makes room, and tells what is left.

const disk = process.argv[2] ?? "";
const path = join(disk, "botline.db");
writeFileSync(join(disk, "ballast"), "x".repeat(1_000_000));

let store = openSqlite(path);
const taken: InboundMessage[] = [];
const failures = new Set<string>();
for (let failed = 0; failed < 20; ) {
  const texts = Array.from({ length: 10 }, () => textFrom({ text: "x".repeat(1500) }));
  const claims = await Promise.allSettled(texts.map((text) => store.recordInbound(text)));
  taken.push(...texts.filter((_, at) => claims[at]?.status === "fulfilled"));
  const reasons = claims.flatMap((claim) => (claim.status === "rejected" ? [claim.reason] : []));
  for (const { message } of reasons) failures.add(message);
  failed += reasons.length;
}
const lost = await countLost();
rmSync(join(disk, "ballast"));
const again = await store.recordInbound(textFrom());
await store.close();

store = openSqlite(path);
const lostAfterReopening = await countLost();
await store.close();
const check = new Database(path).query<{ integrity_check: string }, []>("PRAGMA integrity_check");

process.stdout.write(
  JSON.stringify({
    failures: [...failures],
    hasTakenSome: taken.length > 100,
    lost,
    lostAfterReopening,
    takesAgain: again.kind,
    integrity: check.get()?.integrity_check,
  }),
);

async function countLost(): Promise<number> {
  const kept = new Set((await store.openTurns()).map(({ message }) => message.id));
  return taken.filter(({ id }) => !kept.has(id)).length;
}
