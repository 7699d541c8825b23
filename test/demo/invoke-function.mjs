/**
 * `node invoke-function.mjs <bundle> <when> <account>`: loads a bundled Lambda function and invokes it once, as Lambda does in that
 * account, with a clock that starts at the given time. What it answers goes to the parent process, what it logs to stdout.
 */
const [bundle, when, account] = process.argv.slice(2);
const offset = Date.parse(when) - Date.now();
const SystemDate = Date;
globalThis.Date = class extends SystemDate {
  constructor(...given) {
    super(...(given.length > 0 ? given : [SystemDate.now() + offset]));
  }

  static now() {
    return SystemDate.now() + offset;
  }
};

const deadline = SystemDate.now() + 15 * 60_000;
const { handler } = await import(bundle);
const context = {
  awsRequestId: `run-of-${when.slice(0, 10)}`,
  invokedFunctionArn: `arn:aws:lambda:eu-west-1:${account}:function:vigil`,
  getRemainingTimeInMillis: () => deadline - SystemDate.now(),
};
process.send(await handler({}, context), () => process.exit());
