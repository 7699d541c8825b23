/** Fewer, longer texts: each write costs a call to the system. */
const CHARACTERS = 1 << 20;

/** The pieces of a text, joined to longer ones. */
export function* joined(pieces: Iterable<string>): Generator<string> {
  let waiting: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    waiting.push(piece);
    length += piece.length;
    if (length < CHARACTERS) continue;
    yield waiting.join('');
    waiting = [];
    length = 0;
  }
  if (waiting.length > 0) yield waiting.join('');
}
