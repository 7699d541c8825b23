import fc from 'fast-check';
import { compileAccount } from '../../lambda/scanner/iam/account.ts';
import { can } from '../../lambda/scanner/iam/authorization.ts';
import { bestPossibleOutcome } from '../../lambda/scanner/escalation/precheck.ts';
import { targetContextKeys } from '../../lambda/scanner/iam/target-keys.ts';
import { volume } from '../support/volume.ts';
import { allow, deny, iam, snapshotOf, type Statement, when } from './support.ts';

const actions = ['iam:PutUserPolicy', 'iam:CreateAccessKey'] as const;
const conditions: readonly Statement[] = [
  {},
  when('Bool', 'aws:MultiFactorAuthPresent', 'true'),
  when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false'),
  when('IpAddress', 'aws:SourceIp', '10.0.0.0/8'),
  when('StringEquals', 'iam:ResourceTag/team', 'red'),
  when('StringEquals', 'aws:PrincipalTag/team', 'red'),
  when('Null', 'iam:PermissionsBoundary', 'true'),
  when('StringLike', 'aws:RequestedRegion', 'eu-*'),
];
const statements = fc.array(
  fc
    .tuple(
      fc.constantFrom(allow, allow, deny),
      fc.constantFrom(...actions, 'iam:*'),
      fc.constantFrom('*', iam('user/*'), iam('user/red'), iam('user/${aws:username}')),
      fc.constantFrom(...conditions),
    )
    .map(([effect, action, resource, more]) => effect(action, resource, more)),
  { minLength: 1, maxLength: 4 },
);

test('the precheck for all targets holds for each: refused is refused, conditional is never certain', () => {
  const runs = volume({ usual: 1_000, full: 3_000 });
  const seen = { refused: 0, conditional: 0 };
  fc.assert(
    fc.property(statements, fc.option(statements), fc.boolean(), fc.boolean(), (own, fence, hasKey, isRed) => {
      const tags = isRed ? { team: 'red' } : {};
      const report = { keys: hasKey ? [{ active: true, lastRotated: 0, lastUsed: 'N/A' }] : [] } as object;
      const snapshot = snapshotOf({
        users: {
          alice: { can: own, tags, report, ...(fence ? { boundary: 'fence' } : {}) },
          red: { tags: { team: 'red' } },
          blue: {},
        },
        policies: { fence: fence ?? [allow('*')] },
      });
      const { identities } = snapshot.facts;
      if (identities.status === 'unavailable') throw new Error(identities.reason);
      const account = compileAccount(snapshot, identities.value);
      const alice = account.principalsByArn.get(iam('user/alice'));
      if (alice === undefined) throw new Error('there is no alice');
      for (const action of actions) {
        const outcome = bestPossibleOutcome(account, alice, action);
        if (outcome === 'open') continue;
        seen[outcome] += 1;
        const answers = account.principals.map((target) => can(account, alice, action, target.arn, targetContextKeys(target)));
        const better = answers.filter((answer) => answer.kind === 'granted' && (outcome === 'refused' || answer.certain));
        expect(better).toEqual([]);
      }
    }),
    { numRuns: runs },
  );
  expect(Math.min(seen.refused, seen.conditional) / runs).toBeGreaterThan(1 / 30);
});
