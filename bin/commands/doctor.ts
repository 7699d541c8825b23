import { Command } from 'commander';
import { analyze } from '../../lambda/scanner/escalation/analyze.ts';
import { checks as allChecks } from '../../lambda/scanner/checks/index.ts';
import type { Aws } from '../../lambda/scanner/collect/aws.ts';
import { isEnabled } from '../../lambda/scanner/config.ts';
import { parseOrganization } from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import { type Diagnosis, type Probe, type Problem, groupProblems } from '../../lambda/scanner/model/problem.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { type RawFactName, rawFacts } from '../../lambda/scanner/facts/index.ts';
import { plannedAccounts } from '../../lambda/scanner/organization/planned-accounts.ts';
import { factsFor, sessionPolicy } from '../../lambda/scanner/permissions.ts';
import { idPrefix, productArn } from '../../lambda/scanner/report/asff.ts';
import { diagnosisRenderers } from '../../lambda/scanner/report/doctor.ts';
import type { Environment } from '../environment.ts';
import type { Terminal } from '../terminal.ts';
import { readConfig } from './config-file.ts';
import { formatOption, withAws } from './options.ts';
import { ACCOUNTS_AT_A_TIME, DEFAULT_ROLE, type OrganizationOptions } from './organization-source.ts';
import { pathsIn, probesOf } from './probes.ts';
import { type HubState, accountNotSeen, hubProblems, unseenFacts, unseenParts } from './problems.ts';

interface DoctorOptions extends OrganizationOptions {
  readonly organization?: boolean;
  readonly format: keyof typeof diagnosisRenderers;
  readonly config?: string;
}

/** `doctor`: checks whether everything is in place for a scan, and says how to fix what is not. It writes nothing to AWS. */
export const doctorCommand = ({ terminal, exit }: Environment): Command =>
  withAws(new Command('doctor'))
    .option('--organization', 'check every account of the organization, by assuming a role in each')
    .option('--role <name>', `the role to assume in each account (default: ${DEFAULT_ROLE})`)
    .option('--external-id <id>', "the external ID required by the role's trust policy")
    .option('--config <file>', 'the configuration file, for the enabled checks (default: iam-vigil.yaml, if it exists)')
    .addOption(formatOption(Object.keys(diagnosisRenderers)))
    .addHelpText('after', examples)
    .action(async (options: DoctorOptions) => {
      const config = await readConfig(options.config, allChecks);
      const facts = factsFor(allChecks.filter((check) => isEnabled(check, config)));
      const diagnosis = await diagnose(options, facts, terminal);
      terminal.print(diagnosisRenderers[options.format](diagnosis, { color: terminal.showsColor }));
      exit(diagnosis.problems.length > 0 ? 3 : 0);
    });

const examples = `
Examples:
  iam-vigil doctor --profile prod --region eu-west-1
  iam-vigil doctor --organization --role iam-vigil-member

Exit codes: 0 everything is in place, 2 AWS could not be called, 3 something is missing.`;

/**
 * Makes all calls that a scan makes, and reads one page of the findings in Security Hub.
 *
 * @throws UsageError when AWS accepts no credentials.
 */
async function diagnose(options: DoctorOptions, facts: readonly RawFactName[], terminal: Terminal): Promise<Diagnosis> {
  const { connect } = await import('../../lambda/scanner/collect/aws.ts');
  const { collect } = await import('../../lambda/scanner/collect/collect.ts');
  const { collectAccounts } = await import('../../lambda/scanner/collect/organization/collect-accounts.ts');
  const { enterAccount } = await import('../../lambda/scanner/collect/organization/enter-account.ts');
  const now = terminal.now();
  const aws = await connect(options);
  const whole =
    options.organization === true
      ? await lookAtOrganization(aws, now)
      : { accounts: [aws.accountId], problems: [], paths: undefined };
  const { role = DEFAULT_ROLE, externalId } = options;
  const actions = [...new Set([...facts.flatMap((name) => rawFacts[name].actions), 'securityhub:GetFindings'])].toSorted();
  const session = { roleName: role, sessionPolicy: sessionPolicy(actions), ...(externalId === undefined ? {} : { externalId }) };
  const hubs: HubState[] = [];
  const files: SnapshotFile[] = [];
  const collectOne = async (accountId: string): Promise<Snapshot> => {
    const account = await enterAccount(aws, { ...session, accountId });
    hubs.push(await lookAtHub(account, aws.region));
    const { snapshot, file } = await collect(account, { facts, now, analyze });
    files.push(file);
    return snapshot;
  };
  const { accounts: seen, failures } = await collectAccounts<Snapshot>(whole.accounts, ACCOUNTS_AT_A_TIME, {
    collectOne,
    kept: () => Promise.resolve(undefined),
    keep: () => Promise.resolve(),
    onAccount: (done, of) => {
      if (terminal.showsProgress) terminal.warn(`\r\u001B[2K${done}/${of} accounts${done === of ? '\r\u001B[2K' : ''}`);
    },
  });
  const roleIn = (account: string) => (account === aws.accountId ? undefined : role);
  const unseen = seen.flatMap((snapshot) => unseenFacts(snapshot, roleIn(snapshot.accountId)));
  const problems = groupProblems([
    ...whole.problems,
    ...[...failures].map(([account, failure]) => accountNotSeen(account, failure, roleIn(account))),
    ...unseen,
    ...hubs.flatMap((hub) => hubProblems(hub, roleIn(hub.account))),
  ]);
  const blind = new Set(unseen.flatMap(({ accounts }) => accounts)).size;
  const on = hubs.filter(({ state }) => state === 'on').length;
  return {
    account: aws.accountId,
    accounts: whole.accounts,
    inPlace: inPlace(aws.accountId, { seen: seen.length - blind, on, of: whole.accounts.length }),
    problems,
    probes: [...probesOf(files, whole.paths), await probeNewHub(aws)],
  };
}

/** What is set up correctly: how many accounts could be seen completely, and in how many of all Security Hub is on. */
function inPlace(account: string, { seen, on, of }: Readonly<Record<'seen' | 'on' | 'of', number>>): readonly string[] {
  const count = (accounts: number) => (of > 1 ? `: ${accounts} of ${of} accounts` : '');
  return [
    `the credentials belong to account ${account}`,
    ...(seen > 0 ? [`all data that the checks need can be collected${count(seen)}`] : []),
    ...(on > 0 ? [`Security Hub is enabled and can be read${count(on)}`] : []),
  ];
}

/** Whether findings that are imported appear in the new Security Hub is not documented. */
async function probeNewHub(aws: Aws): Promise<Probe> {
  const { askNewSecurityHub } = await import('../../lambda/scanner/deliver/new-security-hub.ts');
  const answer =
    aws.region === undefined ? 'not asked without a Region' : await askNewSecurityHub(aws.region, aws.settingsIn().credentials);
  return { id: 'new-security-hub', question: 'does the new Security Hub return a finding of iam-vigil', answer };
}

/** The accounts to check. If they cannot be listed, only the account of the credentials. */
async function lookAtOrganization(aws: Aws, now: number) {
  const { collectOrganization } = await import('../../lambda/scanner/collect/organization/collect-organization.ts');
  const file = await collectOrganization(aws, now);
  const organization = parseOrganization(file);
  const problems: readonly Problem[] = unseenParts(organization, aws.accountId);
  const isListed = organization.Accounts.status === 'collected';
  return {
    accounts: isListed ? plannedAccounts(organization).map(({ id }) => id) : [aws.accountId],
    problems,
    paths: pathsIn(file),
  };
}

/** Reads one page of our findings, to see whether Security Hub is enabled and can be read. */
async function lookAtHub(aws: Aws, region: string | undefined): Promise<HubState> {
  const { accountId: account, partition } = aws;
  if (region === undefined) return { account, state: 'no-region', reason: '' };
  const { openSecurityHub } = await import('../../lambda/scanner/deliver/aws-security-hub.ts');
  const { failureOf } = await import('../../lambda/scanner/collect/failure.ts');
  const { SecurityHubError } = await import('../../lambda/scanner/deliver/hub.ts');
  const hub = openSecurityHub({ region, credentials: aws.settingsIn().credentials, ...aws.limits });
  const query = { productArn: productArn({ account, partition, region }), account, region, idPrefix: idPrefix(account) };
  try {
    await hub.read(query);
    return { account, region, state: 'on', reason: '' };
  } catch (error) {
    if (!(error instanceof SecurityHubError)) throw error;
    const { kind } = failureOf(error.cause, 'securityhub:GetFindings');
    return { account, region, state: error.failure, reason: error.message, kind };
  }
}
