import path from 'node:path';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { readSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import { defaultConfig } from '../../lambda/scanner/config.ts';
import { type FormatName, formats } from '../../lambda/scanner/report/formats.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import { NOW } from '../support/builders.ts';

// Only some checks, and no verdicts: a new check, or a new escalation technique, should not change these files.
const ids = ['root-access-key-active', 'access-key-unrotated', 'security-contact-missing'];
const sample = readSnapshots(path.join(__dirname, '../../examples/acme')).then(({ accounts, ...organization }) =>
  scan(accounts, {
    ...organization,
    ...{ checks: checks.filter(({ id }) => ids.includes(id)), config: defaultConfig, now: NOW, version: '1.2.3' },
  }),
);

/** The text report has a test of its own on the sample, and the page holds the whole report (html.test.ts). */
test.each<FormatName>(['json', 'csv', 'markdown', 'sarif', 'ocsf', 'asff'])('the sample as %s', async (name) => {
  const report = { ...(await sample), admins: [], unread: [] };
  const asff = { region: 'eu-west-1', partition: 'aws', checks, resources: new Map() };
  expect([...formats[name].render(report, { color: false, asff })].join('')).toMatchSnapshot();
});

test('the sample as principals-csv: an administrator by its own policy, who has no path that a technique could change', async () => {
  const { admins, ...report } = await sample;
  const own = admins.filter(({ arn }) => arn.endsWith('user/claire.dupont'));
  expect([...formats['principals-csv'].render({ ...report, admins: own })].join('')).toMatchSnapshot();
});
