/** Numbers of one kind. */
export type Numbers = Uint8Array | Uint16Array | Int32Array;

/** Numbers and what is to be said of them. */
export interface Parts {
  /** Anything that JSON can say. */
  readonly plain: unknown;
  readonly numbers: readonly Numbers[];
}

/** Puts parts into one array of bytes, from which they are back without being copied. */
export function pack({ plain, numbers }: Parts): Uint8Array {
  const kinds = numbers.map(({ BYTES_PER_ELEMENT, length }) => [BYTES_PER_ELEMENT, length]);
  const head = new TextEncoder().encode(JSON.stringify([kinds, plain]));
  const places = placesOf([head, ...numbers]);
  const bytes = new Uint8Array(places.end);
  new DataView(bytes.buffer).setUint32(0, head.length);
  for (const [index, part] of [head, ...numbers].entries())
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), places.starts[index]);
  return bytes;
}

/** The parts that `pack` put together; the numbers are views of the bytes, which begin at a multiple of 8. */
export function unpack(bytes: Uint8Array): Parts {
  const { buffer, byteOffset } = bytes;
  const length = new DataView(buffer, byteOffset).getUint32(0);
  const start = HEAD_BYTES + byteOffset;
  const [kinds, plain] = JSON.parse(decoder.decode(new Uint8Array(buffer, start, length)));
  let at = aligned(start + length);
  const numbers = kinds.map(([size, count]: [number, number]) => {
    const part = VIEWS[size]?.(buffer, at, count);
    at = aligned(at + size * count);
    return part;
  });
  return { plain, numbers };
}

const decoder = new TextDecoder();

const HEAD_BYTES = 8;

const VIEWS: Readonly<
  Record<number, (buffer: ArrayBufferLike, at: number, count: number) => Numbers>
> = {
  1: (buffer, at, count) => new Uint8Array(buffer, at, count),
  2: (buffer, at, count) => new Uint16Array(buffer, at, count),
  4: (buffer, at, count) => new Int32Array(buffer, at, count),
};

function placesOf(parts: readonly Numbers[]): { starts: readonly number[]; end: number } {
  let end = HEAD_BYTES;
  const starts = parts.map(({ byteLength }) => {
    const start = end;
    end = aligned(start + byteLength);
    return start;
  });
  return { starts, end };
}

/** The next place where numbers of any kind may begin. */
function aligned(at: number): number {
  return Math.ceil(at / 8) * 8;
}
