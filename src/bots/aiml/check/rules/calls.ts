import { hasAttribute } from "../elements.ts";
import { FINE, type Rule } from "../surroundings.ts";

/** An srai of nothing. */
export const emptySrai: Rule = ({ name, children }) => {
  if (name !== "srai" || children.some((child) => typeof child !== "string" || child.trim() !== ""))
    return FINE;
  const message = "Cannot ask: expected words in <srai>, found none";
  return [{ code: "empty-srai", message, hint: "For the first star: <sr/>" }];
};

/** Code that would run outside the bot. */
export const unsafeElement: Rule = ({ name }) => {
  if (name !== "system" && name !== "javascript") return FINE;
  return [
    {
      code: "unsafe-element",
      message: `Cannot run <${name}>: no bot may run code on this machine, so all of it is dropped`,
      hint: "Say it in AIML, for example by <date>, <map> or <condition>",
    },
  ];
};

/** A question to another bot that does not say to which. */
export const sraixWithoutBot: Rule = (element) => {
  if (element.name !== "sraix") return FINE;
  if (hasAttribute(element, "bot") || hasAttribute(element, "botid")) return FINE;
  const message = "Cannot ask another bot: expected bot on <sraix>, found none";
  return [{ code: "sraix-without-bot", message, hint: 'For example <sraix bot="…">' }];
};
