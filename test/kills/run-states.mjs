import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * `node run-states.mjs <file> <started at> <home> <account>...`: runs the bundled states of an organization scan in the order of the state
 * machine, with these accounts. As Step Functions does, it makes a state again that did not return, and none that did: those are in the file.
 */
const [file, startedAt, home, ...accounts] = process.argv.slice(2);
const run = { id: `night-of-${startedAt.slice(0, 10)}`, startedAt };
const returned = new Set((await readFile(file, { encoding: 'utf8', flag: 'a+' })).split('\n'));
const deadline = Date.now() + 15 * 60_000;
const context = {
  awsRequestId: run.id,
  invokedFunctionArn: `arn:aws:lambda:eu-west-1:${home}:function:state`,
  getRemainingTimeInMillis: () => deadline - Date.now(),
};

async function state(name, event = {}) {
  const invocation = [name, event.account].join(' ');
  if (returned.has(invocation)) return;
  const { handler } = await import(pathToFileURL(path.resolve(`dist/functions/organization/${name}.mjs`)).href);
  await handler({ run, ...event }, context);
  await appendFile(file, `${invocation}\n`);
}

await state('plan');
for (const account of accounts) await state('scan-member', { account });
await state('correlate');
for (const account of accounts) await state('deliver', { account });
await state('summarize');
