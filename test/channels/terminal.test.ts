import { expect, test } from "bun:test";
import { createTerminal } from "../../src/channels/terminal.ts";
import { channelContract } from "../contracts/channel.ts";

const terminal = createTerminal({ most: 3, isCheap: true });

channelContract("terminal", terminal);

test("createTerminal() keeps its messages apart from those of phones", () => {
  expect(terminal.name).toBe("terminal");
});
