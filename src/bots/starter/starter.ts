import aboutAiml from "./about.aiml" with { type: "text" };
import agreementsSet from "./agreements.set" with { type: "text" };
import badmoodSet from "./badmood.set" with { type: "text" };
import beingsSet from "./beings.set" with { type: "text" };
import countsSet from "./counts.set" with { type: "text" };
import dangerSet from "./danger.set" with { type: "text" };
import degreesSet from "./degrees.set" with { type: "text" };
import denormalSubstitution from "./denormal.substitution" with { type: "text" };
import digitsMap from "./digits.map" with { type: "text" };
import emoticonsSet from "./emoticons.set" with { type: "text" };
import fallbackAiml from "./fallback.aiml" with { type: "text" };
import farewellsSet from "./farewells.set" with { type: "text" };
import fillersSet from "./fillers.set" with { type: "text" };
import gameAiml from "./game.aiml" with { type: "text" };
import goodmoodSet from "./goodmood.set" with { type: "text" };
import greetingsAiml from "./greetings.aiml" with { type: "text" };
import greetingsSet from "./greetings.set" with { type: "text" };
import insultsSet from "./insults.set" with { type: "text" };
import jestsSet from "./jests.set" with { type: "text" };
import leavingSet from "./leaving.set" with { type: "text" };
import listenersSet from "./listeners.set" with { type: "text" };
import memoryAiml from "./memory.aiml" with { type: "text" };
import momentsSet from "./moments.set" with { type: "text" };
import nightsSet from "./nights.set" with { type: "text" };
import normalSubstitution from "./normal.substitution" with { type: "text" };
import notnamesSet from "./notnames.set" with { type: "text" };
import optoutsSet from "./optouts.set" with { type: "text" };
import ownbotSet from "./ownbot.set" with { type: "text" };
import personSubstitution from "./person.substitution" with { type: "text" };
import praiseSet from "./praise.set" with { type: "text" };
import questionsSet from "./questions.set" with { type: "text" };
import refusalsSet from "./refusals.set" with { type: "text" };
import shortcutsAiml from "./shortcuts.aiml" with { type: "text" };
import smalltalkAiml from "./smalltalk.aiml" with { type: "text" };
import starterProperties from "./starter.properties" with { type: "text" };
import swearingSet from "./swearing.set" with { type: "text" };
import thanksSet from "./thanks.set" with { type: "text" };

/** The files of the bot that is inside the executable, in the order they are read. */
export const starterFiles: readonly { readonly name: string; readonly text: string }[] = [
  { name: "about.aiml", text: aboutAiml },
  { name: "agreements.set", text: agreementsSet },
  { name: "badmood.set", text: badmoodSet },
  { name: "beings.set", text: beingsSet },
  { name: "counts.set", text: countsSet },
  { name: "danger.set", text: dangerSet },
  { name: "degrees.set", text: degreesSet },
  { name: "denormal.substitution", text: denormalSubstitution },
  { name: "digits.map", text: digitsMap },
  { name: "emoticons.set", text: emoticonsSet },
  { name: "fallback.aiml", text: fallbackAiml },
  { name: "farewells.set", text: farewellsSet },
  { name: "fillers.set", text: fillersSet },
  { name: "game.aiml", text: gameAiml },
  { name: "goodmood.set", text: goodmoodSet },
  { name: "greetings.aiml", text: greetingsAiml },
  { name: "greetings.set", text: greetingsSet },
  { name: "insults.set", text: insultsSet },
  { name: "jests.set", text: jestsSet },
  { name: "leaving.set", text: leavingSet },
  { name: "listeners.set", text: listenersSet },
  { name: "memory.aiml", text: memoryAiml },
  { name: "moments.set", text: momentsSet },
  { name: "nights.set", text: nightsSet },
  { name: "normal.substitution", text: normalSubstitution },
  { name: "notnames.set", text: notnamesSet },
  { name: "optouts.set", text: optoutsSet },
  { name: "ownbot.set", text: ownbotSet },
  { name: "person.substitution", text: personSubstitution },
  { name: "praise.set", text: praiseSet },
  { name: "questions.set", text: questionsSet },
  { name: "refusals.set", text: refusalsSet },
  { name: "shortcuts.aiml", text: shortcutsAiml },
  { name: "smalltalk.aiml", text: smalltalkAiml },
  { name: "starter.properties", text: starterProperties },
  { name: "swearing.set", text: swearingSet },
  { name: "thanks.set", text: thanksSet },
];
