import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Place, run } from './command.ts';
import type { Figure } from './figure.ts';

/** An app that uses both constructs, in the way of `cdk init`. */
const APP = `import { App, Duration, Stack } from 'aws-cdk-lib';
import { User } from 'aws-cdk-lib/aws-iam';
import { IamVigil, IamVigilOrganization, type IamVigilProps, IamVigilStack } from 'iam-vigil/cdk';

const app = new App();
const stack = new Stack(app, 'Own');
const props: IamVigilProps = { memorySize: 2048, timeout: Duration.minutes(10), rescanOnChange: true, dashboard: true };
const vigil = new IamVigil(stack, 'IamVigil', props);
vigil.grantReadReports(new User(stack, 'Person'));
vigil.metricFailedFindings().createAlarm(stack, 'Open', { threshold: 1, evaluationPeriods: 1 });
new IamVigilOrganization(new Stack(app, 'Organization'), 'IamVigil', {
  organizationId: 'o-exampleorgid',
  organizationalUnits: ['r-ab12'],
});
new IamVigilStack(app, 'Single', { at: '02:30', alarmEmail: 'security@example.com' });
app.synth();
`;

const kinds = { commonjs: 'commonjs', esm: 'module' };
const strict = { strict: true, target: 'es2022', skipLibCheck: true, types: [] };

/** How an app resolves modules. The first is that of `cdk init`, and compiles both kinds of apps; the others are only compiled. */
const resolutions: readonly object[] = [
  { ...strict, module: 'nodenext' },
  { ...strict, module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0', noEmit: true },
  { ...strict, module: 'preserve', moduleResolution: 'bundler', noEmit: true },
];

/**
 * Makes apps that have the package and the earliest CDK that it supports, compiles and synthesizes them. In full also with the newest CDK,
 * and with every way in which TypeScript resolves modules.
 *
 * @throws Error when one cannot be compiled or synthesized.
 */
export function makeApps(
  tarball: string,
  folder: string,
  { env, isFull }: Pick<Place, 'env'> & { readonly isFull: boolean },
): readonly Figure[] {
  // The form of our own file.
  const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly peerDependencies: Readonly<Record<string, string>>;
  };
  const earliest = Object.entries(peerDependencies).map(([name, range]) => `${name}@${range.replace('^', '')}`);
  const newest = Object.keys(peerDependencies).map((name) => `${name}@latest`);
  return (isFull ? [earliest, newest] : [earliest]).map((peers, index) => {
    const started = performance.now();
    makeApp(path.join(folder, `app-${index}`), [tarball, ...peers], {
      env,
      compiled: isFull ? resolutions : resolutions.slice(0, 1),
    });
    return { what: `app with ${peers.join(' and ')}`, value: (performance.now() - started) / 1000, unit: 's' };
  });
}

function makeApp(
  cwd: string,
  packages: readonly string[],
  { env, compiled }: Pick<Place, 'env'> & { readonly compiled: readonly object[] },
): void {
  mkdirSync(cwd);
  writeFileSync(path.join(cwd, 'package.json'), '{"private":true}');
  for (const [name, type] of Object.entries(kinds)) {
    mkdirSync(path.join(cwd, name));
    writeFileSync(path.join(cwd, name, 'package.json'), JSON.stringify({ type }));
    writeFileSync(path.join(cwd, name, 'app.ts'), APP);
  }
  run(['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', ...packages], { cwd, env });
  const compiler = path.resolve('node_modules/typescript/bin/tsc');
  for (const compilerOptions of compiled) {
    writeFileSync(path.join(cwd, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    run([process.execPath, compiler], { cwd, env });
  }
  for (const name of Object.keys(kinds)) {
    run([process.execPath, 'app.js'], { cwd: path.join(cwd, name), env: { ...env, CDK_OUTDIR: 'cdk.out' } });
    for (const stack of ['Own', 'Organization', 'Single'])
      if (!readFileSync(path.join(cwd, name, `cdk.out/${stack}.template.json`), 'utf8').includes('"AWS::Lambda::Function"'))
        throw new Error(`the stack ${stack} of the ${name} app has no function`);
  }
}
