/*
 * White space of a text is collapsed to single spaces before it is rendered, so the other white space
 * characters are free to mark what becomes of a rendered answer.
 */

/** A line ends here. */
export const LINE_END = "\n";
/** What follows stands at the start of a line. */
export const LINE = "\v";
/** A step to the right at the start of a line. */
export const INDENT = "\t";
/** A new message begins. */
export const SPLIT = "\f";
/** Stands before and after an option's index, where its number goes. */
export const OPTION = "\r";
