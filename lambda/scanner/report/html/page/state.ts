import type { PageReport } from '../left-out.ts';
import type { Finding } from '../../../model/finding.ts';
import type { Admin } from '../words.ts';

/** How a principal signs in, and what protects it. */
export interface SignIn {
  readonly signsInBy: readonly string[];
  readonly protectedBy: readonly string[];
}

/** The report, with what the page looks up in it. */
export interface Index {
  readonly report: PageReport;
  readonly admins: ReadonlyMap<string, Admin>;
  readonly signIns: ReadonlyMap<string, SignIn>;
  readonly findings: ReadonlyMap<string, Finding>;
  /** The findings on a principal and on what belongs to it, by its ARN. */
  readonly findingsOf: (arn: string) => readonly Finding[];
  /** The account with its name. */
  readonly accountInWords: (id: string) => string;
}

/** Prepares the report for the page. */
export function indexOf(report: PageReport): Index {
  const names = new Map(report.accounts.map(({ account, name }) => [account, name]));
  const byArn = new Map<string, Finding[]>();
  for (const finding of report.findings) {
    const known = byArn.get(finding.resource.arn);
    if (known) known.push(finding);
    else byArn.set(finding.resource.arn, [finding]);
  }
  return {
    report,
    admins: new Map(report.admins.map((admin) => [admin.arn, admin])),
    signIns: new Map(report.records.flatMap(({ evidence }) => signInsIn(evidence['admins']))),
    findings: new Map(report.findings.map((finding) => [finding.id, finding])),
    findingsOf: (arn) => byArn.get(arn) ?? [],
    accountInWords: (id) => {
      const name = names.get(id);
      return name === undefined ? id : `${name} (${id})`;
    },
  };
}

/** The evidence of the check admin-inventory, which lists for each account its strongest admins. */
function signInsIn(listed: unknown): readonly (readonly [string, SignIn])[] {
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((entry: Partial<SignIn> & { readonly arn?: string }) =>
    entry.arn === undefined || entry.signsInBy === undefined || entry.protectedBy === undefined
      ? []
      : [[entry.arn, { signsInBy: entry.signsInBy, protectedBy: entry.protectedBy }] as const],
  );
}

/** Where a link leads: `finding` with its ID, or `principal` with its ARN. */
export const linkTo = (kind: 'finding' | 'principal', id: string): string => `#${kind}=${encodeURIComponent(id)}`;

/** The hash of the page as its parts. */
export const readHash = (): URLSearchParams => new URLSearchParams(location.hash.slice(1));

/** Writes the hash without a step in the history. */
export function writeHash(parts: Readonly<Record<string, string>>): void {
  const kept = Object.entries(parts).filter(([, value]) => value !== '');
  history.replaceState(undefined, '', kept.length === 0 ? '#' : `#${new URLSearchParams(kept).toString()}`);
}
