import { GenerateCredentialReportCommand, GetCredentialReportCommand } from '@aws-sdk/client-iam';
import { setTimeout as pause } from 'node:timers/promises';
import type { Json } from '../model/json.ts';
import type { Aws } from './aws.ts';
import { errorCode } from './failure.ts';

/** Lets some milliseconds pass. */
type Wait = (milliseconds: number) => Promise<unknown>;

const FIRST_PAUSE = 500;
const GIVE_UP_AFTER = 60_000;

/**
 * The credential report, made anew where the last one is older than four hours; AWS answers with the last one otherwise.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
export async function collectCredentialReport({ iam }: Pick<Aws, 'iam'>, wait: Wait = pause): Promise<Json> {
  let waited = 0;
  for (let next = FIRST_PAUSE; !(await isReady(iam)); next *= 2) {
    if (waited >= GIVE_UP_AFTER)
      throw new Error(`the credential report was not ready after ${waited / 1000} seconds; scan again later`);
    await wait(next);
    waited += next;
  }
  const { Content, GeneratedTime } = await iam.send(new GetCredentialReportCommand({}));
  if (Content === undefined) throw new Error('AWS answered without a credential report');
  return {
    Content: Buffer.from(Content).toString('utf8'),
    ...(GeneratedTime ? { GeneratedTime: GeneratedTime.toISOString() } : {}),
  };
}

async function isReady(iam: Aws['iam']): Promise<boolean> {
  try {
    return (await iam.send(new GenerateCredentialReportCommand({}))).State === 'COMPLETE';
  } catch (error) {
    // AWS makes no more reports for now; the last one may still be there, and says itself how old it is.
    if (errorCode(error) === 'LimitExceededException') return true;
    throw error;
  }
}
