import { defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import { isAdminPermissionSet } from '../check-support/organization/admin-permission-sets.ts';
import { instanceOf } from '../check-support/remediation/assignment-commands.ts';
import {
  organizationSubjects,
  judgeSeen,
  ofOrganization,
  stepForSeen,
} from '../check-support/organization/organization-subjects.ts';

export default defineCheck({
  id: 'identity-center-session-too-long',
  title: 'Session duration of admin permission sets should be limited',
  severity: 'MEDIUM',
  rationale:
    'Stolen session credentials work until the session ends. The shorter the sessions of administrators are, the less time an attacker has.',
  standards: { 'NIST 800-53 r5': 'AC-12, IA-11', 'ISO 27001:2022': 'A.8.5', NIS2: 'Art. 21(2)(j)' },
  needs: ['wholeOrganization'],
  params: { maxHours: 4 },
  select: (facts, context) =>
    organizationSubjects(facts, context, 'PermissionSets', (sets) => sets.map((item) => ({ item, id: item.arn }))),
  judge: (subject, _facts, context) =>
    judgeSeen(subject, (set) => {
      const { maxHours } = context.params;
      const { name, arn, sessionHours } = set;
      if (sessionHours !== undefined && sessionHours <= maxHours) return pass;
      const isAdmin = isAdminPermissionSet(set, context);
      if (isAdmin.status === 'unavailable') return unknown(isAdmin.reason);
      if (!isAdmin.value) return pass;
      if (sessionHours === undefined) return unknown(`AWS did not tell the session duration of permission set ${name}`);
      return fail(ofOrganization(`Permission set ${name} allows admin sessions of ${inHours(sessionHours)}`, [name], context), {
        message: `Admin sessions should last at most ${inHours(maxHours)}.`,
        evidence: { permissionSet: arn, hours: sessionHours },
      });
    }),
  remediation: (subject, { params: { maxHours } }) =>
    stepForSeen(subject, ({ arn }) => {
      const set = { 'instance-arn': instanceOf(arn), 'permission-set-arn': arn };
      const update = cli('sso-admin update-permission-set', { ...set, 'session-duration': durationOf(maxHours) });
      const provision = cli('sso-admin provision-permission-set', { ...set, 'target-type': 'ALL_PROVISIONED_ACCOUNTS' });
      return `Shorten the sessions (${update}), then apply the change to all accounts: ${provision}`;
    }),
});

const durationOf = (hours: number): string => (Number.isInteger(hours) ? `PT${hours}H` : `PT${Math.round(hours * 60)}M`);

const inHours = (hours: number): string => `${Number(hours.toFixed(2))} ${hours === 1 ? 'hour' : 'hours'}`;
