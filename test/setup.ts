// No test reaches beyond this machine: a fetch to anything but the loopback fails where it is made.
const realFetch = globalThis.fetch;

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

function fencedFetch(...[input, init]: Parameters<typeof fetch>): ReturnType<typeof fetch> {
  const { hostname } = new URL(input instanceof Request ? input.url : input);
  if (!LOOPBACK.test(hostname))
    throw new Error(`A test called fetch beyond the loopback: ${hostname}`);
  return realFetch(input, init);
}

globalThis.fetch = Object.assign(fencedFetch, { preconnect: realFetch.preconnect });
