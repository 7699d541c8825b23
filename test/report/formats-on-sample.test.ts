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

test.each<FormatName>(['csv', 'markdown', 'sarif', 'ocsf'])('the sample as %s', async (name) => {
  const report = { ...(await sample), admins: [] };
  expect([...formats[name].render(report, { color: false })].join('')).toMatchSnapshot();
});
