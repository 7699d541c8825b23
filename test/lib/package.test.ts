import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };

const dist = path.join(__dirname, '../../dist');
const builtIn = (module: string) => module.startsWith('node:') || builtinModules.includes(module);

/** What a built module imports: when it is loaded, or only when it is asked for. */
function importsOf(file: string): { readonly atOnce: readonly string[]; readonly onDemand: readonly string[] } {
  const text = readFileSync(path.join(dist, file), 'utf8');
  const all = (pattern: RegExp) => [...text.matchAll(pattern)].flatMap(([, module]) => module ?? []);
  return {
    atOnce: [
      ...all(/^(?:import|export) [^;"]*from "([^"]+)";$/gm),
      ...all(/^import "([^"]+)";$/gm),
      ...all(/^(?:var .* = )?(?:__toESM\()?require\("([^"]+)"\)/gm),
    ],
    onDemand: all(/\bimport\("([^"]+)"\)/g),
  };
}

/** The built modules behind an entry point, and the packages that they need. */
function closure(entry: string, follow: 'everything' | 'at once') {
  const files = new Set<string>([entry]);
  const packages = new Set<string>();
  for (const file of files) {
    const { atOnce, onDemand } = importsOf(file);
    for (const module of follow === 'everything' ? [...atOnce, ...onDemand] : atOnce)
      if (module.startsWith('./')) files.add(module.slice(2));
      else if (!builtIn(module)) packages.add(module);
  }
  return { text: [...files].map((file) => readFileSync(path.join(dist, file), 'utf8')).join('\n'), packages: [...packages] };
}

test('nothing is installed with the package', () => {
  expect(packageJson).not.toHaveProperty('dependencies');
});

const isOfCdk = (module: string) => /^(aws-cdk-lib|constructs)(\/|$)/.test(module);

test('the command line needs no package, but for template that of the CDK', () => {
  const { packages, text } = closure('cli.js', 'everything');
  expect(packages.filter((module) => !isOfCdk(module))).toEqual([]);
  expect(text).toContain('node_modules/@aws-sdk/client-sagemaker/');
});

test('the command line loads no AWS client before it is asked for AWS', () => {
  expect(closure('cli.js', 'at once').text).not.toContain('node_modules/@aws-sdk/');
});

test('the constructs need the packages of a CDK app, and no other', () => {
  const { packages } = closure('cdk.cjs', 'everything');
  expect(packages).toContain('aws-cdk-lib');
  expect(packages.filter((module) => !isOfCdk(module))).toEqual([]);
});

test('the command line loads no command before it knows which', () => {
  expect(closure('cli.js', 'at once').text).not.toMatch(/^\/\/ (bin\/commands|lambda\/scanner\/(checks|techniques|report))\//m);
});
