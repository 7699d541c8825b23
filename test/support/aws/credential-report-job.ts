import type { CredentialReportQuirk } from './quirks.ts';

/** What the account's credential report is at the moment. */
export type CredentialReportState = 'absent' | 'expired' | 'in-progress' | 'ready';

/** The making of the credential report, which goes on between the calls. */
export interface CredentialReportJob {
  /** Starts it where needed; the state *before* that, since AWS tells whether it is this call that started it. */
  readonly generate: () => CredentialReportState;
  /** The state now. Asking is what moves time on. */
  readonly poll: () => CredentialReportState;
}

/** A report that is ready at once, or behaves as the quirk says. */
export function credentialReportJob(quirk: CredentialReportQuirk | undefined): CredentialReportJob {
  if (!quirk) return { generate: () => 'ready', poll: () => 'ready' };
  const before = quirk.before ?? 'absent';
  let pollsLeft = quirk.inProgressPolls ?? 0;
  let started = false;
  const poll = (): CredentialReportState => {
    if (!started) return before;
    if (pollsLeft <= 0) return 'ready';
    pollsLeft -= 1;
    return 'in-progress';
  };
  const generate = () => {
    const state = poll();
    started = true;
    return state;
  };
  return { generate, poll };
}
