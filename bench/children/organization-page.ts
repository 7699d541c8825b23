import { readFileSync, writeFileSync } from 'node:fs';
import { keepOrganizationPage } from '../../lambda/handlers/organization/organization-page.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { type ShortenedReport, countsOf, mostOfAccount, shortened } from '../../lambda/scanner/report/html/shortened.ts';

/** Writes the page of an organization of so many accounts with this report, read as the last state of a run reads them. */
const [accounts = '0', reportFile = '', pageFile = ''] = process.argv.slice(2);
const AT_A_TIME = 32;

const report = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
const stored = JSON.stringify(shortened({ report, all: countsOf(report) }, mostOfAccount));
const idOf = (index: number) => String(index).padStart(12, '0');
const ofAccount = (index: number) => JSON.parse(stored.replaceAll(report.account, idOf(index))) as ShortenedReport;
const indexes = Array.from({ length: Number(accounts) }, (_, index) => index);

async function* inBatches() {
  for (let at = 0; at < indexes.length; at += AT_A_TIME)
    yield await Promise.resolve(indexes.slice(at, at + AT_A_TIME).map(ofAccount));
}
const putPage = async (_: string, pieces: Iterable<string>): Promise<void> => {
  writeFileSync(pageFile, [...pieces].join(''));
  await Promise.resolve();
};
const problems = await keepOrganizationPage({ putPage }, [{ kept: { shown: { inBatches } } }], {
  account: idOf(0),
  scanned: indexes.map(idOf),
});
if (problems.length > 0) throw new Error(problems.join('; '));
