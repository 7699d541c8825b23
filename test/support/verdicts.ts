import type { PrincipalReach } from '../../lambda/scanner/model/reach.ts';
import type { Access, PrincipalVerdict, Verdict } from '../../lambda/scanner/model/verdict.ts';

/** A verdict with nothing to it but one step. */
export const aVerdict = (arn: string, verdict: Verdict, more: Partial<PrincipalVerdict> = {}): PrincipalVerdict => ({
  arn,
  type: arn.includes(':role/') ? 'role' : 'user',
  verdict,
  platform: false,
  conditions: [],
  blockedBy: [],
  path:
    verdict === 'none'
      ? []
      : [
          {
            rule: 'assume-role',
            title: 'assume the role',
            aliases: ['sts-001'],
            actions: ['sts:AssumeRole'],
            from: arn,
            to: 'arn:aws:iam::111122223333:role/ops',
            statements: [],
          },
        ],
  ...more,
});

/** Verdicts by ARN. */
export const accessOf = (...verdicts: readonly PrincipalVerdict[]): Access =>
  new Map(verdicts.map((verdict) => [verdict.arn, verdict]));

/** The access of a principal to these accounts, without paths. */
export const aReach = (arn: string, accounts: readonly string[], more: Partial<PrincipalReach> = {}): PrincipalReach => ({
  ...{ arn, keys: [], accounts, ifConditions: [], through: { accounts, count: accounts.length }, paths: () => [] },
  ...more,
});
