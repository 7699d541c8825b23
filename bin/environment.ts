import type { Terminal } from './terminal.ts';

/** What each command is given besides its own options. */
export interface Environment {
  readonly terminal: Terminal;
  readonly version: string;
  /** Sets the exit code of the process. */
  readonly exit: (code: number) => void;
}
