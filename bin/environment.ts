import type { Terminal } from './terminal.ts';

/** What each command is given besides its own options. */
export interface Environment {
  readonly terminal: Terminal;
  readonly version: string;
  /** How iam-vigil is started here, such as `npx iam-vigil`. */
  readonly ownCommand: string;
  /** Sets the exit code of the process. */
  readonly exit: (code: number) => void;
}
