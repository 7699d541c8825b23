import { Command } from 'commander';
import { UsageError } from '../../lambda/scanner/errors.ts';
import { printable } from '../../lambda/scanner/report/printable.ts';
import type { Environment } from '../environment.ts';
import { type SourceOptions, withAws } from './options.ts';

type ArchiveOptions = Pick<SourceOptions, 'profile' | 'region' | 'until'>;

/** `archive`: archives the findings of iam-vigil in Security Hub, before iam-vigil is removed from an account. */
export const archiveCommand = (environment: Environment): Command =>
  withAws(new Command('archive')).action((options: ArchiveOptions) => runArchive(options, environment));

async function runArchive(options: ArchiveOptions, { terminal, exit }: Environment): Promise<void> {
  const { connect } = await import('../../lambda/scanner/collect/aws.ts');
  const { openSecurityHub } = await import('../../lambda/scanner/deliver/aws-security-hub.ts');
  const { queryOf } = await import('../../lambda/scanner/deliver/plan.ts');
  const { withdraw } = await import('../../lambda/scanner/deliver/withdraw.ts');
  const aws = await connect(options);
  const { accountId: account, partition, region } = aws;
  if (region === undefined)
    throw new UsageError('archive needs the Region that your findings are in. Set it, for example --region eu-west-1');
  const hub = openSecurityHub({ region, credentials: aws.settingsIn().credentials, ...aws.limits });
  const { archived, failed } = await withdraw(hub, queryOf(hub, { account, partition }), { now: terminal.now() });
  terminal.print(`Security Hub of account ${account} in ${region}: ${archived} findings archived.\n`);
  if (failed.length === 0) return;
  const [{ code, message } = { code: '', message: '' }] = failed;
  terminal.warn(`${failed.length} findings were not archived: ${printable(`${code}: ${message}`)}. Run the command again.\n`);
  exit(3);
}
