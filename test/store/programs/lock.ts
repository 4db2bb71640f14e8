import { Database } from "bun:sqlite";

// Holds the database in its first argument locked until its input ends, and for as long after as that says.

const database = new Database(process.argv[2] ?? "");
database.run("BEGIN IMMEDIATE");
process.stdout.write("locked\n");
await Bun.sleep(Number(await Bun.stdin.text()));
database.run("COMMIT");
