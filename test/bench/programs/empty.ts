// Compiled, this is the runtime and nothing else.
export const nothing = undefined;
