import { severities, worstFirst } from '../../lambda/scanner/model/severity.ts';
import { type Night, fourNights } from './four-nights.ts';

/** `npm run demo:aws`: four nights of the bundled function on the sample, and what Security Hub then shows. */

function told(title: string, { when, result, writes, messages }: Night): string {
  const { delivery, complete, calls, milliseconds } = result;
  const done = delivery
    ? `${delivery.imported} created or updated, ${delivery.archived} archived, ${delivery.suppressed} suppressed, ${delivery.unchanged} unchanged`
    : 'nothing was delivered';
  return `${when.slice(0, 10)}  ${title}
  ${complete ? 'complete' : 'INCOMPLETE'}, ${calls} calls to collect, ${milliseconds} ms
  ${done}
  calls to Security Hub that wrote: ${writes.map(({ action, size }) => `${action} of ${size}`).join(', ') || 'none'}
  ${messages.length === 0 ? 'no message' : `the message:\n\n${messages.map(({ text }) => text).join('\n')}`}
`;
}

const severityOf = (label: string) => severities.find((severity) => severity === label) ?? 'INFORMATIONAL';

const shown = ({ findings }: Night): readonly string[] =>
  [...findings.values()]
    .toSorted((a, b) => worstFirst(severityOf(a.Severity.Label), severityOf(b.Severity.Label)))
    .flatMap(({ RecordState, Compliance, Workflow, Severity, GeneratorId, Title, Note }) => [
      `${`${RecordState} ${Compliance?.Status ?? ''} ${Workflow.Status}`.padEnd(26)}${Severity.Label.padEnd(10)}${GeneratorId}`,
      `    ${Title}`,
      ...(Note ? [`    note by ${Note.UpdatedBy}: ${Note.Text}`] : []),
    ]);

const { nights, kept } = await fourNights();
const [first, second, third, fourth] = nights;
const lines = [
  'The nightly function, as it is deployed, with an AWS on this machine: account "production" of examples/acme.\n',
  told('the first night', first),
  'In the morning somebody suppresses a finding and says why.\n',
  told('nothing has changed', second),
  'An old key is deleted; and somebody makes a second key on the user of a service.\n',
  told('a fix and a new problem', third),
  'With that key somebody makes the user administrator.\n',
  told('an attack', fourth),
  'Security Hub now has:\n',
  ...shown(fourth),
  '\nThe bucket has:\n',
  ...[...kept.keys()].map((key) => `  ${key}`),
];
process.stdout.write(`${lines.join('\n')}\n`);
