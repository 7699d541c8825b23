/** Keeps what Powertools logs, by a console of its own, from the output of the tests; answers with what was printed. */
export function silently(): readonly string[] {
  const printed: string[] = [];
  const keep = (chunk: unknown): boolean => {
    printed.push(String(chunk));
    return true;
  };
  beforeEach(() => {
    printed.length = 0;
    jest.spyOn(process.stdout, 'write').mockImplementation(keep);
    jest.spyOn(process.stderr, 'write').mockImplementation(keep);
    jest.spyOn(console, 'log').mockImplementation(keep);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  return printed;
}
