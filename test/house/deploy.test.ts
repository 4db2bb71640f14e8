import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fly from "../../fly.toml";
import { settingsTable } from "../../src/app/settings.ts";

// The Dockerfile, fly.toml and the program each say where texts come in and where people are kept.

const dockerfile = readFileSync(join(import.meta.dir, "..", "..", "Dockerfile"), "utf8");
const environment = Object.fromEntries(
  [...wordsAfter("ENV").matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name, value]),
);

describe("Dockerfile", () => {
  test("sets nothing but settings of the program", () => {
    const { NODE_ENV, ...settings } = environment;

    expect(Object.keys(settingsTable)).toEqual(expect.arrayContaining(Object.keys(settings)));
    expect(NODE_ENV).toBe("production");
  });

  test("exposes the port it sets, and listens where the outside can reach it", () => {
    expect(wordsAfter("EXPOSE")).toBe(environment["PORT"] ?? "");
    expect(environment["HOST"]).toBe("0.0.0.0");
  });

  test("keeps the database in its volume", () => {
    expect(dirname(environment["DATABASE_URL"] ?? "")).toBe(wordsAfter("VOLUME"));
  });

  test("builds on one exact image and ships nothing of it but what it copies", () => {
    const images = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);

    expect(images).toEqual([expect.stringMatching(/^oven\/bun:\d+\.\d+\.\d+-debian$/), "scratch"]);
  });

  test("runs as nobody, without a shell", () => {
    expect(wordsAfter("USER")).toBe("65534:65534");
    expect(JSON.parse(wordsAfter("ENTRYPOINT"))).toEqual(["/botline"]);
    expect(JSON.parse(wordsAfter("CMD"))).toEqual(["serve"]);
    expect(wordsAfter("HEALTHCHECK")).toEndWith('CMD ["/botline", "health"]');
  });
});

describe("fly.toml", () => {
  test("brings texts to the port of the image", () => {
    expect(String(fly.http_service.internal_port)).toBe(environment["PORT"] ?? "");
  });

  test("never redirects, which would lose the text", () => {
    expect(fly.http_service.force_https).toBe(false);
  });

  test("mounts its volume where the image keeps the database", () => {
    expect(fly.mounts.destination).toBe(wordsAfter("VOLUME"));
  });

  test("asks after the health where the program tells it", () => {
    expect(fly.http_service.checks).toEqual([
      expect.objectContaining({ method: "GET", path: "/health" }),
    ]);
  });

  test("sleeps when nobody texts, and ends the way the program ends well", () => {
    expect(fly.http_service.auto_stop_machines).toBe("stop");
    expect(fly.http_service.auto_start_machines).toBe(true);
    expect(fly.http_service.min_machines_running).toBe(0);
    expect(fly.kill_signal).toBe("SIGTERM");
    expect(fly.kill_timeout).toBe("15s");
  });
});

function wordsAfter(instruction: string): string {
  return new RegExp(`^${instruction} (.*)$`, "m").exec(dockerfile)?.[1] ?? "";
}
