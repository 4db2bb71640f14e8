import { expect, test } from "bun:test";
import { terminal } from "../../src/channels/terminal.ts";
import { channelContract } from "../contracts/channel.ts";

channelContract("terminal", terminal);

test("terminal keeps its messages apart from those of phones", () => {
  expect(terminal.name).toBe("terminal");
});
