import { type CheckContext, type Judgement, type Subject, fail, pass, unknown } from '../../check.ts';
import type { Facts } from '../../facts/snapshot.ts';
import type { Organization } from '../../facts/organization.ts';
import { accountSubject } from '../../model/account-subject.ts';
import { shellQuote } from '../../model/command.ts';
import { type OrgWideServiceAccess, membersInWords } from '../../model/reach.ts';
import { unique } from '../../iam/authorization-result.ts';
import { statementInWords } from '../wording/statement-in-words.ts';
import { summarizeList } from '../wording/summarize-list.ts';
import { joinList } from '../wording/wording.ts';
import { isManagement } from './management-account.ts';

/** Who in the account can use a technique on member accounts. */
export interface OrgWideHolders extends Subject {
  /** What every admin of the account can do. */
  readonly ofAdmins: readonly OrgWideServiceAccess[];
  /** The principals that can use it, other than as an admin. */
  readonly own: readonly (OrgWideServiceAccess & { readonly arn: string })[];
}

type NeededFacts = Pick<Facts, 'centralPowers' | 'organization'>;

/** The account with those of its principals that can use the technique; none if its organization was not examined. */
export function orgWideHolders(
  { centralPowers, organization }: NeededFacts,
  context: Pick<CheckContext, 'accountId' | 'partition'>,
  technique: string,
): readonly OrgWideHolders[] {
  // Outside an organization there are no member accounts. If the organization was not examined, nothing can be said.
  if (organization?.trustedServices === undefined && organization?.administers === undefined) return [];
  const powers = centralPowers.filter(({ step, isOff }) => step.rule === technique && !isOff);
  const ofAdmins = powers.filter(({ from }) => from === undefined);
  const own = powers.flatMap((power) => (power.from === undefined ? [] : [{ ...power, arn: power.from }]));
  return [{ ...accountSubject(context), ofAdmins, own }];
}

/** What the check is about: what holders can do, and by trusted access of which service. */
export interface OrgWidePower {
  readonly what: (members: string) => string;
  readonly service: string;
}

/** Fails if principals that are not approved can do it, or every admin of the account. */
export function judgeHolders(
  { ofAdmins, own }: OrgWideHolders,
  { what: whatOn, service }: OrgWidePower,
  facts: NeededFacts,
  context: Pick<CheckContext<{ readonly allowed: readonly string[] }>, 'accountId' | 'params'>,
): Judgement {
  const { params, accountId } = context;
  const manages = isManagement(facts, context);
  if (!isSeen(facts.organization, manages, service))
    return unknown('the services with trusted access, and the services that this account administers, could not be collected');
  const everyAdmin = ofAdmins.length > 0;
  const notApproved = own.filter(({ arn }) => !params.allowed.includes(arn));
  const others = unique(notApproved.map(({ arn }) => arn));
  const what = whatOn(membersInWords(membersOf([...ofAdmins, ...notApproved])));
  if (others.length > 0) {
    const count = `${others.length} ${everyAdmin ? 'other ' : ''}${others.length === 1 ? 'principal' : 'principals'}`;
    return fail(
      everyAdmin ? `Every admin and ${count} of account ${accountId} ${what}` : `Account ${accountId} has ${count} that ${what}`,
      { message: `Not approved: ${summarizeList(others)}.`, evidence: { principals: others.slice(0, 50), everyAdmin } },
    );
  }
  if (!everyAdmin) return pass;
  return fail(`Every admin of account ${accountId} ${what}`, {
    evidence: { principals: [], everyAdmin },
    // The management account controls the other accounts in any case.
    ...(manages ? { severity: 'MEDIUM' as const } : {}),
  });
}

/** The members that some of the powers are limited to, together; undefined: every one. */
const membersOf = (powers: readonly OrgWideServiceAccess[]): readonly string[] | undefined =>
  powers.some(({ members }) => members === undefined) ? undefined : unique(powers.flatMap(({ members = [] }) => members));

/** How many principals the next step names with their statements. */
const NAMED = 3;

/** The next step for the principals that are not approved; empty if there are none. */
export function removalOf(
  { own }: OrgWideHolders,
  { params }: Pick<CheckContext<{ readonly allowed: readonly string[] }>, 'params'>,
  { actions, check }: { readonly actions: string; readonly check: string },
): string {
  const others = own.filter(({ arn }) => !params.allowed.includes(arn));
  return others.length === 0
    ? ''
    : `Remove ${actions} from ${joinList(others.slice(0, NAMED).map(inWords))}: edit or detach the policy, or deny the action. If a principal needs it, add its ARN to checks.${check}.allowed in the configuration. `;
}

const inWords = ({ arn, step: { statements } }: OrgWideHolders['own'][number]): string =>
  statements.length === 0 ? shellQuote(arn) : `${shellQuote(arn)} (allowed by ${statements.map(statementInWords).join(', ')})`;

/** Whether it is known if the service can be used on members from this account. */
function isSeen(organization: Organization | undefined, manages: boolean, service: string): boolean {
  // An account that is not a delegated administrator for the service cannot use it, whatever has trusted access.
  if (!manages && organization?.administers?.includes(service) !== true) return organization?.administers !== undefined;
  return organization?.trustedServices !== undefined;
}
