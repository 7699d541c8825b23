import { aFinding, aReport, aVerdict } from './report-builder.ts';
import { ACCOUNT } from '../support/builders.ts';

/** Names that AWS, a tag or a policy can hold, and what a reader of a format could take them for. */
export const hostile: Readonly<Record<string, string>> = {
  markup: '<img src=x onerror=alert(1)>',
  'an end of a script': '</script><script>alert(1)</script>',
  'Markdown in it': '[click](http://evil.example) **bold** `code` ``` | # @octocat #1 $x$',
  'a formula': '=cmd|"/c calc"!A1',
  'a formula with a plus': '+1+1',
  'a formula with a minus': '-1+1',
  'a formula with an at sign': '@SUM(A1)',
  'quotes and separators': 'a"b,c;d\'e',
  'a placeholder': '{0} {{x}} [y](1)',
  'line ends': 'one\r\ntwo\tthree',
  'control characters': '\u001B[31mred\u0007\u009B2J\u0000',
  'right-to-left marks': 'abc\u202Efed\u2066x\u2069',
  'line separators': 'a\u2028b\u2029c',
  'half a character': '\uD800x',
  'an emoji': '😀',
};

/** A value of a tag that is far longer than AWS allows. */
export const LONG = 'x'.repeat(10_000);

/** A report in which a name stands wherever a name can stand. */
export const reportNaming = (name: string) =>
  aReport(
    [
      aFinding('ann', {
        headline: name,
        message: name,
        remediation: `${name} aws iam delete-user --user-name ann`,
        resource: { type: 'AwsIamUser', arn: `arn:aws:iam::${ACCOUNT}:user/${name}`, name },
        evidence: {
          tag: name,
          path: [
            {
              rule: 'assume-role',
              aliases: [],
              actions: ['sts:AssumeRole'],
              from: name,
              to: `arn:aws:iam::${ACCOUNT}:role/${name}`,
              statements: [],
            },
          ],
        },
        severity: 'CRITICAL',
      }),
      aFinding('bob', { status: 'UNKNOWN', message: name, id: `iam-vigil/v1/${ACCOUNT}/access-key-unused/${name}` }),
      aFinding('eve', { status: 'SUPPRESSED', evidence: { exception: { reason: name, owner: name, expires: '2027-06-01' } } }),
    ],
    {
      accounts: [{ account: ACCOUNT, name, takenAt: '2026-11-20T03:00:00Z', complete: false, failed: 1 }],
      admins: [
        {
          ...aVerdict('ann', {
            verdict: 'can-become-admin',
            arn: `arn:aws:iam::${ACCOUNT}:user/${name}`,
            conditions: [{ key: 'aws:SourceIp', controlledBy: 'environment', text: name }],
            path: [
              {
                rule: 'assume-role',
                title: 'Assume a role',
                aliases: ['sts-001'],
                actions: ['sts:AssumeRole'],
                from: `arn:aws:iam::${ACCOUNT}:user/${name}`,
                to: `arn:aws:iam::${ACCOUNT}:role/${name}`,
                statements: [{ policy: `inline:${name}`, index: 0 }],
              },
            ],
          }),
          account: ACCOUNT,
          people: { permissionSet: name, groups: [name], people: [{ person: name, groups: [name] }] },
        },
      ],
      notices: [name],
    },
  );

/** Nothing that a terminal obeys or that reorders a text, except the ends of lines. */
export const isQuiet = (text: string): boolean => !/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text.replaceAll(/\r?\n/g, ''));
