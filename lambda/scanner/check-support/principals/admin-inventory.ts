import type { CheckContext } from '../../check.ts';
import type { Role } from '../../facts/identity.ts';
import type { Facts } from '../../facts/snapshot.ts';
import { type PrincipalVerdict, verdicts } from '../../model/verdict.ts';
import { isSeen, keyFacts, keysOf } from '../credentials/access-keys.ts';
import { devicesInWords } from '../credentials/admin-mfa.ts';
import { isRole } from '../credentials/last-use.ts';
import { mfaAssurance } from '../credentials/mfa-assurance.ts';
import { type MfaUser, mfaFacts, mfaUsers } from '../credentials/mfa-users.ts';
import { principals } from './principals.ts';
import { summarizeList } from '../wording/summarize-list.ts';
import { type TrustSubject, trustedPrincipals, trustSubjects } from '../trust/trust-policies.ts';
import { joinList } from '../wording/wording.ts';

/** The facts about the admins, how each signs in and what protects it. */
export const adminInventoryFacts = [
  ...new Set([...keyFacts, ...mfaFacts, 'mfaCertifications', 'access', 'crossAccountReach'] as const),
];

type AdminLineFacts = Pick<Facts, (typeof adminInventoryFacts)[number]>;

/** How one signs in as a principal, and what protects it, in words. */
interface SignIn {
  readonly signsInBy: readonly string[];
  readonly protectedBy: readonly string[];
}

/** One line of the list of admins. */
export interface AdminInventoryEntry extends SignIn {
  readonly principal: PrincipalVerdict;
  /** The other accounts in which it is, becomes or can grant admin. */
  readonly others: readonly string[];
}

/**
 * Every user and role with a verdict other than "none", or with admin access to other accounts: the strongest first, those of the
 * landing zone last, then by ARN.
 */
export function adminInventoryEntries(
  facts: AdminLineFacts,
  { accountId }: Pick<CheckContext, 'accountId'>,
): readonly AdminInventoryEntry[] {
  const users = new Map(mfaUsers(facts).map((subject) => [subject.user.arn, subject]));
  const roles = new Map(trustSubjects(facts).map((subject) => [subject.role.arn, subject]));
  return principals(facts)
    .map((principal) => ({ ...principal, others: othersOf(principal.verdict, facts, accountId) }))
    .filter(({ verdict, others }) => verdict.verdict !== 'none' || others.length > 0)
    .map(({ identity, verdict, others }): AdminInventoryEntry => {
      const signIn = isRole(identity)
        ? signInOfRole(identity, roles.get(identity.arn))
        : signInOfUser(users.get(identity.arn), facts);
      const conditions = verdict.conditions.map(({ text }) => text);
      return { principal: verdict, others, ...signIn, protectedBy: [...signIn.protectedBy, ...conditions] };
    })
    .sort(({ principal: a }, { principal: b }) => rank(a) - rank(b) || (a.arn < b.arn ? -1 : 1));
}

const othersOf = ({ arn }: PrincipalVerdict, { crossAccountReach }: AdminLineFacts, home: string): readonly string[] =>
  (crossAccountReach?.get(arn)?.accounts ?? []).filter((account) => account !== home);

const rank = ({ platform, verdict }: PrincipalVerdict) => Number(platform) * verdicts.length + verdicts.indexOf(verdict);

function signInOfUser(subject: MfaUser | undefined, facts: AdminLineFacts): SignIn {
  if (!subject) return { signsInBy: [], protectedBy: [] };
  const keys = keysOf(subject.user, facts);
  const active = keys.filter((key) => isSeen(key) && key.active).length;
  const password = subject.row === undefined ? ['possibly a password'] : subject.row.passwordEnabled ? ['password'] : [];
  return {
    signsInBy: [
      ...password,
      ...(active > 0 ? [`${active} active access key${active > 1 ? 's' : ''}`] : []),
      ...keys.flatMap(({ unseen }) => (unseen === undefined ? [] : [`access keys could not be collected: ${unseen}`])),
    ],
    protectedBy: devicesOf(subject, facts),
  };
}

function devicesOf({ serialNumbers, unseen }: MfaUser, { mfaCertifications }: AdminLineFacts): readonly string[] {
  const devices = devicesInWords(mfaAssurance(serialNumbers.toSorted(), mfaCertifications));
  const named = devices.length > 0 ? [`MFA: ${joinList(devices)}`] : [];
  return unseen === undefined
    ? named.length > 0
      ? named
      : ['no MFA device']
    : [...named, `MFA devices could not be collected: ${unseen}`];
}

function signInOfRole({ arn }: Role, subject: TrustSubject | undefined): SignIn {
  if (subject === undefined || subject.trust.kind === 'malformed')
    return { signsInBy: [`an unreadable trust policy (${arn})`], protectedBy: [] };
  const callers = trustedPrincipals(subject.trust);
  const names = new Set(callers.map(({ principal }) => principal.value));
  const keys = new Set(callers.flatMap(({ statement }) => statement.source.conditions.map(({ key }) => key)));
  return {
    signsInBy: names.size > 0 ? [`assumed by ${summarizeList([...names])}`] : [],
    protectedBy: keys.size > 0 ? [`trust policy conditions on ${summarizeList([...keys])}`] : [],
  };
}
