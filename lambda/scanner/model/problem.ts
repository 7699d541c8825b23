/** The kinds of problem, the most severe first. */
export const problemKinds = [
  'accounts-not-listed',
  'role-not-assumed',
  'organization-unseen',
  'fact-unseen',
  'security-hub-off',
  'security-hub-unread',
] as const;

/** A setup problem, and how to fix it; the same problem in several accounts is one. */
export interface Problem {
  readonly kind: (typeof problemKinds)[number];
  /** What is missing, in one line. It may quote AWS. */
  readonly message: string;
  /** The affected accounts, sorted, each once. */
  readonly accounts: readonly string[];
  /** The IAM action that was denied or failed, where there is one. */
  readonly action?: string;
  readonly remedy: string;
  /** A shell command that fixes it, quoted; absent where no single command does. */
  readonly command?: string;
}

/** Merges the same problem of several accounts, and sorts by kind, then by the number of accounts. */
export function groupProblems(problems: readonly Problem[]): readonly Problem[] {
  const groups = new Map<string, Problem>();
  for (const problem of problems) {
    const { accounts, ...same } = problem;
    const key = JSON.stringify(same);
    groups.set(key, { ...problem, accounts: [...new Set([...(groups.get(key)?.accounts ?? []), ...accounts])].sort() });
  }
  const rank = ({ kind }: Problem) => problemKinds.indexOf(kind);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b) || b.accounts.length - a.accounts.length);
}

/** What `doctor` checked, and the problems that it found. */
export interface Diagnosis {
  /** The account that the credentials belong to. */
  readonly account: string;
  /** All accounts that were checked, that one included. */
  readonly accounts: readonly string[];
  /** What is set up correctly, one line each. */
  readonly inPlace: readonly string[];
  readonly problems: readonly Problem[];
  /** What AWS returned where its documentation does not say what it returns, without names and ids. */
  readonly probes: readonly Probe[];
}

/** A question about AWS that only a real account answers. */
export interface Probe {
  readonly id:
    | 'mfa-certifications'
    | 'fido-serial-numbers'
    | 'root-mfa'
    | 'organization-paths'
    | 'regions'
    | 'identity-center-region'
    | 'new-security-hub';
  readonly question: string;
  readonly answer: string;
}
