import { defineCheck, fail, pass, unknown } from '../check.ts';
import { daysSince } from '../model/instant.ts';
import type { Severity } from '../model/severity.ts';
import { keyFacts, type SeenKey } from '../check-support/credentials/access-keys.ts';
import { keyHolders } from '../check-support/credentials/key-holders.ts';
import { deactivation } from '../check-support/remediation/key-commands.ts';
import { formatDay, joinList, formatReportDate } from '../check-support/wording/wording.ts';

const described = ({ resource, createdAt }: SeenKey) =>
  `${resource.name}${createdAt === undefined ? '' : ` (created on ${formatDay(createdAt)})`}`;

export default defineCheck({
  id: 'two-active-access-keys',
  title: 'IAM users should have at most one active access key',
  severity: 'LOW',
  raisedForAdmins: true,
  rationale:
    'A second access key is needed only during a rotation. If it stays, there are two keys to steal. A new key beside an old one can also be the persistence of an attacker.',
  standards: {
    'ISO 27001:2022': 'A.5.17',
    NIS2: 'Art. 21(2)(i)',
  },
  needs: keyFacts,
  params: { youngDays: 30 },
  select: keyHolders,
  judge: ({ user, keys, unseen }, _facts, { now, params }) => {
    if (unseen !== undefined) return unknown(unseen);
    const active = keys.filter((key) => key.active);
    if (active.length < 2) return pass;
    const isYoung = active.some(({ createdAt }) => createdAt !== undefined && daysSince(createdAt, now) < params.youngDays);
    const severity: { readonly severity?: Severity } = isYoung ? { severity: 'HIGH' } : {};
    const uses = active.map(({ resource, lastUsed }) => ({
      key: resource.name,
      lastUsed: formatReportDate(lastUsed ?? 'unsupported'),
    }));
    return fail(`IAM user ${user.name} has two active access keys`, {
      message: `Active keys: ${joinList(active.map(described))}.`,
      evidence: { keys: uses },
      ...severity,
    });
  },
  remediation: ({ keys }) =>
    `Deactivate the key that is no longer used: ${keys
      .filter((key) => key.active)
      .map((key) => `${deactivation(key)} (last used: ${formatReportDate(key.lastUsed ?? 'unsupported')})`)
      .join(' or ')}`,
});
