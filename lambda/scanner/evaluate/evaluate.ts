import { type Check, type CheckContext, type Judged, type Judgement, type Subject, missingFacts } from '../check.ts';
import { type OrganizationPart, organizationParts } from '../facts/organization-parts/index.ts';
import type { OrganizationSnapshot } from '../facts/organization-parts/organization-snapshot.ts';
import { type Finding, findingId } from '../model/finding.ts';
import type { InformationalRecord } from '../model/informational-record.ts';
import { toIso } from '../model/instant.ts';
import { describeResource, fitHeadline } from '../model/headline.ts';
import { raised } from '../model/severity.ts';
import type { Facts, ObservedFacts } from '../facts/snapshot.ts';
import type { CrossAccountReach } from '../model/reach.ts';
import { type Access, isAdminCapable } from '../model/verdict.ts';
import { accountSubject } from '../model/account-subject.ts';
import { ifCollected } from '../model/observed.ts';

/** The result of one check in one account. */
export interface CheckResult {
  readonly checkId: string;
  /** How many subjects pass. */
  readonly passed: number;
  readonly findings: readonly Finding[];
  /** Informational records on subjects that pass. */
  readonly records: readonly InformationalRecord[];
}

/** Told of each part of the whole organization that a check reads. */
type OnRead = (checkId: string, part: OrganizationPart) => void;

/** Runs every check on the facts of one account. */
export const evaluate = (
  checks: readonly Check[],
  facts: ObservedFacts,
  contextOf: (check: Check) => CheckContext,
  onRead: OnRead = () => undefined,
): readonly CheckResult[] => checks.map((check) => runCheck(check, facts, withinNeeds(check, contextOf(check)), onRead));

/** What permissions depend on is behind the fact `access`, so a check that asks for permissions must need it. */
const withinNeeds = ({ id, needs }: Check, context: CheckContext): CheckContext =>
  needs.includes('access')
    ? context
    : {
        ...context,
        account: () => {
          throw new Error(`${id} evaluates requests and does not need the fact access`);
        },
      };

function runCheck(check: Check, facts: ObservedFacts, context: CheckContext, onRead: OnRead): CheckResult {
  const missing = missingFacts(check, facts);
  if (missing.length > 0) return unjudged(check, context, missing.map(({ name, reason }) => `${name}: ${reason}`).join('; '));
  try {
    return judgeAll(check, facts, context, onRead);
  } catch (error) {
    return unjudged(check, context, `an error in iam-vigil, please report it: ${String(error)}`);
  }
}

function judgeAll(check: Check, facts: ObservedFacts, context: CheckContext, onRead: OnRead): CheckResult {
  const known: KnownAccess = {
    access: ifCollected(facts.access),
    reaches: ifCollected(facts.crossAccountReach),
  };
  const findings: Finding[] = [];
  const records: InformationalRecord[] = [];
  let passed = 0;
  for (const judged of check.run(seen(check, facts, onRead), context)) {
    const finding = findingOf(check, judged, context, known);
    if (finding) findings.push(finding);
    else passed += 1;
    if (judged.judgement.status === 'record') records.push(recordOf(check, judged, judged.judgement, context));
  }
  return { checkId: check.id, passed, findings, records };
}

/** The values of the facts that the check needs. */
export function seen(check: Check, facts: ObservedFacts, onRead: OnRead = () => undefined): Facts {
  const values = check.needs.map((name) => [name, ifCollected<unknown>(facts[name])]);
  // These are the facts that the check declares, and all were collected. Its type lets it read no other.
  const known = Object.fromEntries(values) as Facts;
  const { wholeOrganization } = known;
  return wholeOrganization === undefined
    ? known
    : {
        ...known,
        wholeOrganization: noticing(wholeOrganization, (part) => {
          onRead(check.id, part);
        }),
      };
}

/** The organization, which notices the parts of it that are read. */
function noticing(organization: OrganizationSnapshot, onPart: (part: OrganizationPart) => void): OrganizationSnapshot {
  const noticed = { ...organization };
  const get = (part: OrganizationPart) => {
    onPart(part);
    return organization[part];
  };
  for (const part of organizationParts) Object.defineProperty(noticed, part, { enumerable: true, get: () => get(part) });
  return noticed;
}

/** Who is admin of the account, and who of other accounts, as far as that is known. */
interface KnownAccess {
  readonly access: Access | undefined;
  readonly reaches: CrossAccountReach;
}

function findingOf(check: Check, judged: Judged, context: CheckContext, known: KnownAccess): Finding | undefined {
  const { subject, judgement } = judged;
  switch (judgement.status) {
    case 'pass':
    case 'record':
      return undefined;
    case 'unknown':
      return unknownFinding(check, subject, context, judgement.reason);
    case 'fail': {
      const others = otherAccounts(subject, context, known);
      const severity = judgement.severity ?? severityOf(check, subject, known.access, others);
      const finding = {
        ...common(check, subject, context),
        ...told(check, judged, judgement),
        ...(judgement.openUntil === undefined ? {} : { openUntil: toIso(judgement.openUntil) }),
        status: 'FAILED',
        severity,
      } as const;
      return check.needs.includes('crossAccountReach') ? finding : withOtherAccounts(finding, principalOf(subject), others);
    }
  }
}

const recordOf = (
  check: Check,
  judged: Judged,
  judgement: Extract<Judgement, { status: 'record' }>,
  context: CheckContext,
): InformationalRecord => ({
  ...common(check, judged.subject, context),
  ...told(check, judged, judgement),
  status: 'PASSED',
  severity: 'INFORMATIONAL',
});

const told = (
  check: Check,
  { subject, remediation }: Judged,
  { headline, message = check.rationale, evidence = {} }: Extract<Judgement, { status: 'record' | 'fail' }>,
) => ({ headline: fitHeadline(headline, subject.resource.name), message, evidence, remediation: remediation() });

const principalOf = ({ principalArn, resource }: Subject): string => principalArn ?? resource.arn;

/** The other accounts in which the principal of the subject is, becomes or can grant admin. */
const otherAccounts = (subject: Subject, { accountId }: CheckContext, { reaches }: KnownAccess): readonly string[] =>
  (reaches?.get(principalOf(subject))?.accounts ?? []).filter((account) => account !== accountId);

function severityOf(check: Check, subject: Subject, access: Access | undefined, others: readonly string[]) {
  const verdict = access?.get(principalOf(subject));
  const isAdmin = others.length > 0 || (verdict !== undefined && isAdminCapable(verdict));
  return check.raisedForAdmins && isAdmin ? raised(check.severity) : check.severity;
}

/** The number of accounts that a finding names. */
const ACCOUNTS_NAMED = 5;

/** What the principal of a finding reaches in other accounts, where the check itself does not tell it. */
function withOtherAccounts(finding: Finding, arn: string, others: readonly string[]): Finding {
  if (others.length === 0) return finding;
  const who = `IAM ${arn.includes(':user/') ? 'user' : 'role'} ${arn.slice(arn.lastIndexOf('/') + 1)}`;
  const first = others.slice(0, ACCOUNTS_NAMED).join(', ');
  const more = others.length > ACCOUNTS_NAMED ? ` and ${others.length - ACCOUNTS_NAMED} more` : '';
  const where = others.length === 1 ? `another account: ${first}` : `${others.length} other accounts: ${first}${more}`;
  return {
    ...finding,
    message: `${finding.message} ${who} is, or can become, administrator in ${where}.`,
    evidence: { ...finding.evidence, reach: others.slice(0, ACCOUNTS_NAMED), reachCount: others.length },
  };
}

const unjudged = (check: Check, context: CheckContext, reason: string): CheckResult => ({
  checkId: check.id,
  passed: 0,
  findings: [unknownFinding(check, accountSubject(context), context, reason)],
  records: [],
});

const unknownFinding = (check: Check, subject: Subject, context: CheckContext, reason: string): Finding => ({
  ...common(check, subject, context),
  status: 'UNKNOWN',
  severity: check.severity,
  headline: fitHeadline(`${describeResource(subject.resource)} could not be evaluated (${check.id})`, subject.resource.name),
  message: `Not evaluated: ${reason}`,
  evidence: {},
  remediation:
    'Grant the scanner access to the missing data and scan again. The least-privilege policy that it needs is in docs/permissions.md; `iam-vigil permissions` prints it.',
});

function common(check: Check, { resource }: Subject, context: CheckContext) {
  const { type, arn, name, id } = resource;
  return {
    id: findingId(context.accountId, check.id, id),
    checkId: check.id,
    title: check.title,
    account: context.accountId,
    resource: { type, arn, name },
    standards: check.standards,
  };
}
