import { readFileSync } from 'node:fs';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { readSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import { parseConfig } from '../../lambda/scanner/config.ts';
import { MAX_HEADLINE } from '../../lambda/scanner/model/headline.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import { NOW } from '../support/builders.ts';

test('each finding of the sample can be read in a list: its headline names the resource, is whole, and is not said again', async () => {
  const { accounts, organization } = await readSnapshots('examples/acme');
  const config = parseConfig(readFileSync('examples/acme/iam-vigil.yaml', 'utf8'), checks);
  const { findings, records } = scan(accounts, { checks, config, now: NOW, version: '1', ...(organization && { organization }) });
  expect(findings.length).toBeGreaterThan(150);
  const unclear = [...findings, ...records].filter(({ headline, message, resource }) => {
    const name = resource.arn.endsWith(':root') ? 'Root user' : resource.name;
    return !headline.includes(name) || headline.includes('…') || headline.length > MAX_HEADLINE || message.includes(headline);
  });
  expect(unclear.map(({ headline }) => headline)).toEqual([]);
});
