import { badIndex, missingAttribute, unknownAttribute } from "./rules/attributes.ts";
import { emptySrai, sraixWithoutBot, unsafeElement } from "./rules/calls.ts";
import { deadCondition, deadItem, emptyChoice, unreachableItem } from "./rules/choices.ts";
import { misplacedElement, strayElement, strayText, unknownElement } from "./rules/placement.ts";
import { missingStar } from "./rules/stars.ts";
import type { Rule } from "./surroundings.ts";

/** Everything that is asked of each element of a template. */
export const rules: readonly Rule[] = [
  unknownElement,
  misplacedElement,
  strayElement,
  strayText,
  unknownAttribute,
  missingAttribute,
  badIndex,
  emptyChoice,
  deadCondition,
  deadItem,
  unreachableItem,
  missingStar,
  emptySrai,
  unsafeElement,
  sraixWithoutBot,
];
