import { type Check, type CheckContext, type Judged, type Judgement, type Subject, missingFacts } from '../check.ts';
import { type Finding, findingId } from '../model/finding.ts';
import type { InformationalRecord } from '../model/informational-record.ts';
import { describeResource, fitHeadline } from '../model/headline.ts';
import { raised } from '../model/severity.ts';
import type { Facts, ObservedFacts } from '../facts/snapshot.ts';
import { type Access, isAdminCapable } from '../model/verdict.ts';
import { accountSubject } from '../model/account-subject.ts';

/** The result of one check in one account. */
export interface CheckResult {
  readonly checkId: string;
  /** How many subjects pass. */
  readonly passed: number;
  readonly findings: readonly Finding[];
  /** Informational records on subjects that pass. */
  readonly records: readonly InformationalRecord[];
}

/** Runs every check on the facts of one account. */
export const evaluate = (
  checks: readonly Check[],
  facts: ObservedFacts,
  contextOf: (check: Check) => CheckContext,
): readonly CheckResult[] => checks.map((check) => runCheck(check, facts, contextOf(check)));

function runCheck(check: Check, facts: ObservedFacts, context: CheckContext): CheckResult {
  const missing = missingFacts(check, facts);
  if (missing.length > 0) return unjudged(check, context, missing.map(({ name, reason }) => `${name}: ${reason}`).join('; '));
  try {
    return judgeAll(check, facts, context);
  } catch (error) {
    return unjudged(check, context, `an error in iam-vigil, please report it: ${String(error)}`);
  }
}

function judgeAll(check: Check, facts: ObservedFacts, context: CheckContext): CheckResult {
  const access = facts.access.status === 'collected' ? facts.access.value : undefined;
  const findings: Finding[] = [];
  const records: InformationalRecord[] = [];
  let passed = 0;
  for (const judged of check.run(seen(check, facts), context)) {
    const finding = findingOf(check, judged, context, access);
    if (finding) findings.push(finding);
    else passed += 1;
    if (judged.judgement.status === 'record') records.push(recordOf(check, judged, judged.judgement, context));
  }
  return { checkId: check.id, passed, findings, records };
}

/** The values of the facts that the check needs. */
function seen(check: Check, facts: ObservedFacts): Facts {
  const values = check.needs.map((name) => {
    const fact = facts[name];
    return [name, fact.status === 'collected' ? fact.value : undefined];
  });
  // These are the facts that the check declares, and all were collected. Its type lets it read no other.
  return Object.fromEntries(values) as Facts;
}

function findingOf(check: Check, judged: Judged, context: CheckContext, access: Access | undefined): Finding | undefined {
  const { subject, judgement } = judged;
  switch (judgement.status) {
    case 'pass':
    case 'record':
      return undefined;
    case 'unknown':
      return unknownFinding(check, subject, context, judgement.reason);
    case 'fail': {
      const severity = judgement.severity ?? severityOf(check, subject, access);
      return { ...common(check, subject, context), ...told(check, judged, judgement), status: 'FAILED', severity };
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

function severityOf(check: Check, subject: Subject, access: Access | undefined) {
  const verdict = access?.get(subject.principalArn ?? subject.resource.arn);
  return check.raisedForAdmins && verdict && isAdminCapable(verdict) ? raised(check.severity) : check.severity;
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
