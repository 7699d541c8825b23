import type { PageReport } from '../../../lambda/scanner/report/html/left-out.ts';
import type { SnapshotFile } from '../../../lambda/scanner/facts/snapshot-file.ts';
import { silently } from '../silently.ts';
import { type FakeOrganization, copyOf, run } from './fake-organization.ts';
import { reportIn } from '../../report/html/report-in.ts';
import { accountReportsIn } from './machine.ts';
import { DEVELOPMENT, quietOrganization, sampleAccounts, withPlantedKey } from './planted-key.ts';
import { eventOf, told } from './told.ts';

jest.setTimeout(120_000);
silently();

/** The runs are hours apart, so that nothing becomes too old from one to the next. */
const night = (hour: number) => ({ id: `run-${hour}`, startedAt: `2026-11-20T0${hour}:00:00.000Z` });

let accounts: readonly SnapshotFile[];
let afterFirst: FakeOrganization;
beforeAll(async () => {
  accounts = await sampleAccounts();
  afterFirst = quietOrganization(accounts);
  await run(afterFirst, night(3));
});

test('one message for the whole organization tells the planted key, once; quiet nights have none', async () => {
  const quiet = copyOf(afterFirst);
  const before = quiet.messages.length;
  expect(eventOf(await run(quiet, night(4))).digest).toMatchObject({ changed: false, text: '' });
  expect(quiet.messages).toHaveLength(before);
  const attacked = withPlantedKey(quiet, accounts);
  const ending = await run(attacked, night(5));
  expect(told(ending)).toContain(`new ${DEVELOPMENT} new-credential-on-admin`);
  const { digest } = eventOf(ending);
  expect(attacked.messages.slice(before)).toEqual([{ subject: digest.title, text: digest.text }]);
  expect(digest.title).toMatch(/^iam-vigil, organization of 111122223333, 2026-11-20: \d+ new, /);
  expect(digest.text).toContain('Its user is, or can become, administrator, also in account 444455556666.');
  expect(digest.text.split('\n').at(-1)).toBe('Report: https://console.example/reports/organization/latest.html');
  expect(eventOf(await run(attacked, night(6))).digest.changed).toBe(false);
});

test('the page of the organization has what its accounts have, and says what is missing', () => {
  const quiet = copyOf(afterFirst);
  const page = reportIn(String(quiet.stored.get('reports/organization/latest.html'))) as PageReport;
  const reports = accountReportsIn(quiet.stored, 'run-3');
  const ids = reports.flatMap(({ findings }) => findings.map(({ id }) => id));
  expect(page.account).toBe('111122223333');
  expect(page.findings.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  expect(page.admins).toHaveLength(reports.reduce((sum, { admins }) => sum + admins.length, 0));
  expect(page.leftOut).toMatchObject({ findings: 0, changes: 0, accounts: [] });
});

test('a page that cannot be stored makes the run incomplete, and the rest is told', async () => {
  const quiet = quietOrganization(accounts);
  const put = jest.spyOn(quiet.stored, 'set').mockImplementation(function (this: Map<string, unknown>, key, value) {
    if (key.startsWith('reports/organization/')) throw new Error('AccessDenied: no');
    return Map.prototype.set.call(this, key, value) as Map<string, unknown>;
  });
  const ending = await run(quiet, night(3));
  put.mockRestore();
  expect(eventOf(ending).problems).toEqual(['the page of the organization could not be stored in the bucket: AccessDenied: no']);
  expect(eventOf(ending).complete).toBe(false);
});

test('a message that cannot be sent makes the run incomplete, and is told the next night', async () => {
  const quiet = copyOf(afterFirst);
  const attacked = withPlantedKey(quiet, accounts);
  const failing = await run(attacked, {
    ...night(4),
    publish: () => Promise.reject(new Error('NotFound: Topic does not exist')),
  });
  expect(eventOf(failing)).toMatchObject({
    complete: false,
    problems: ['the message about what changed could not be sent: NotFound: Topic does not exist'],
  });
  const next = await run(attacked, night(5));
  expect(told(next)).toContain(`new ${DEVELOPMENT} new-credential-on-admin`);
  expect(attacked.messages.at(-1)?.text).toBe(eventOf(next).digest.text);
});

test('an account that was not scanned for a night is not fixed, and the account is told as unseen', async () => {
  const quiet = copyOf(afterFirst);
  quiet.shut.add(DEVELOPMENT);
  const blind = await run(quiet, night(4));
  expect(told(blind)).toEqual([expect.stringMatching(/^unseen \d+ account-not-scanned$/)]);
  quiet.shut.delete(DEVELOPMENT);
  expect(eventOf(await run(quiet, night(5))).digest.changed).toBe(false);
});
