/** What can be missing, the worst first. */
export const problemKinds = [
  'accounts-not-listed',
  'role-not-assumed',
  'organization-unseen',
  'fact-unseen',
  'security-hub-off',
  'security-hub-unread',
] as const;

/** What is not in place, and how to mend it; the same in several accounts is one problem. */
export interface Problem {
  readonly kind: (typeof problemKinds)[number];
  /** What is missing, in one line. It may quote AWS. */
  readonly message: string;
  /** The accounts where it is so, sorted, each once. */
  readonly accounts: readonly string[];
  /** The IAM action that was refused or failed, where there is one. */
  readonly action?: string;
  readonly remedy: string;
  /** To be run in a shell, quoted for it; absent where no one command mends it. */
  readonly command?: string;
}

/** Joins what is the same in several accounts, and puts the worst first: by kind, then by how many accounts have it. */
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

/** What `doctor` looked at, and what it found missing. */
export interface Diagnosis {
  /** The account that the credentials belong to. */
  readonly account: string;
  /** Every account that was to be looked at, that one included. */
  readonly accounts: readonly string[];
  /** What is in place, a line each. */
  readonly inPlace: readonly string[];
  readonly problems: readonly Problem[];
}
