import { describe, expect, test } from "bun:test";
import { kindOfNumber, type NumberKind } from "../../src/conversation/number-kind.ts";

describe("kindOfNumber()", () => {
  test.each<[string, NumberKind]>([
    ["+15550009999", "long code"],
    ["+447700900123", "long code"],
    ["+4915112345678", "long code"],
    ["+18005550100", "toll-free"],
    ["+18335550100", "toll-free"],
    ["+18445550100", "toll-free"],
    ["+18555550100", "toll-free"],
    ["+18665550100", "toll-free"],
    ["+18775550100", "toll-free"],
    ["+18885550100", "toll-free"],
    ["+18225550100", "long code"],
    ["+18995550100", "long code"],
    ["+188855501001", "long code"],
    ["+448005550100", "long code"],
    ["123", "short code"],
    ["88811", "short code"],
    ["888111", "short code"],
    ["12", "other"],
    ["8881112", "other"],
    ["+88811", "other"],
    ["whatsapp:+15550009999", "whatsapp"],
    ["whatsapp:+18005550100", "whatsapp"],
    ["WhatsApp:ID.123", "whatsapp"],
    ["rcs:agent_1", "rcs"],
    ["messenger:1234567890", "messenger"],
    ["botline", "other"],
    ["Ann Co", "other"],
    ["sip:ada@example.com", "other"],
    ["", "other"],
  ])("takes %p for: %s", (address, kind) => {
    expect(kindOfNumber(address)).toBe(kind);
  });
});
