import { z } from 'zod';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { defaultConfig } from '../../lambda/scanner/config.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import { developmentAccount } from '../collect/busy-account.ts';
import { NOW } from '../support/builders.ts';

/** What a shell would run, were it not quoted. AWS allows no such names; a file can hold any. */
const EVIL = ';$(evil)`evil`';

const json = z.json();
const names = new Set(['UserName', 'RoleName', 'GroupName', 'PolicyName', 'InstanceProfileName', 'ServerCertificateName']);
const isOwnArn = (value: string) => /^arn:aws:(iam|sts)::777788889999:/.test(value) && !value.endsWith(':root');

/** The same facts, with a hostile end to every name, and to every ARN that ends in one. */
function hostile(value: Json, key = ''): Json {
  if (typeof value === 'string') {
    if (key === 'Content') return hostileReport(value);
    return names.has(key) || isOwnArn(value) || key === 'GroupList' ? value + EVIL : value;
  }
  if (Array.isArray(value)) return value.map((item: Json) => hostile(item, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, hostile(item, name)]));
}

const hostileReport = (content: string) =>
  content.replaceAll(/^([a-zA-Z0-9][^,]*),(arn:[^,]*),/gm, (_row, user: string, arn: string) => `${user}${EVIL},${arn}${EVIL},`);

/** What of a next step is for the shell: from its first command on, what is quoted left out. */
const unquoted = (remediation: string) => (/\b(aws|iam-vigil) [\s\S]*/.exec(remediation)?.[0] ?? '').replaceAll(/'[^']*'/g, '');

const byUser: readonly string[] = ['accessKeys', 'mfaDevices', 'signingCertificates', 'sshPublicKeys', 'loginProfiles'];

test('no name reaches a command unquoted', async () => {
  const file = await developmentAccount();
  const facts = Object.fromEntries(
    Object.entries(file.facts).map(([name, fact]) => {
      if (fact.status === 'unavailable') return [name, fact];
      const value = hostile(fact.value);
      const isByUser = byUser.includes(name) && typeof value === 'object' && value !== null;
      const renamed = isByUser ? Object.entries(value).map(([user, item]) => [user + EVIL, json.parse(item)]) : undefined;
      return [name, collected(renamed ? json.parse(Object.fromEntries(renamed)) : value)];
    }),
  );
  const { findings } = scan([parseSnapshot({ ...file, facts })], { checks, config: defaultConfig, now: NOW, version: '0.0.0' });
  const withEvil = findings.filter(({ remediation }) => remediation.includes(EVIL));
  expect(new Set(withEvil.map(({ checkId }) => checkId)).size).toBeGreaterThan(25);
  for (const { checkId, remediation } of findings)
    expect([checkId, unquoted(remediation)]).toEqual([checkId, expect.not.stringContaining('evil')]);
});
